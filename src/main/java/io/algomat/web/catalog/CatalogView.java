package io.algomat.web.catalog;

import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchQuery;
import io.algomat.catalog.SearchResults;
import io.algomat.catalog.SearchSort;
import io.algomat.web.Format;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue as its template reads it: every choice is an address, so that it works without JavaScript.
 *
 * @param partial whether only the part goes out that a search changes
 */
record CatalogView(SearchResults found, List<Door> doors, boolean partial) {
    /**
     * @param id the same before and after the choice, so that the focus stays where it was
     * @param count how many algorithms lie behind the link; empty where nobody counted
     */
    record Choice(String id, String text, String href, boolean chosen, String count) {}

    record Side(String title, List<Choice> choices) {}

    public SearchQuery query() {
        return found.query();
    }

    public String address() {
        return CatalogAddress.of(query());
    }

    public String title() {
        return query().text().isEmpty() ? "Algorithms" : query().text();
    }

    public boolean nothingPublished() {
        return query().everything() && found.total() == 0;
    }

    /** {@code 1 algorithm}, {@code 318 algorithms}, {@code 1,200+ algorithms} where no more are counted. */
    public String total() {
        return algorithms(found.total(), found.atLeast());
    }

    public boolean moreThanPages() {
        return found.total() > found.cards().total() || found.atLeast();
    }

    public List<Choice> orders() {
        return Stream.of(SearchSort.values())
                .filter(sort -> sort != SearchSort.RELEVANCE || !query().text().isEmpty())
                .map(sort -> new Choice(
                        "sort-" + sort.wire(),
                        Words.of(sort),
                        CatalogAddress.of(query().sorted(sort)),
                        query().sort() == sort,
                        ""))
                .toList();
    }

    /** The filters that are on; each address takes one off. */
    public List<Choice> chosen() {
        return query().filters().stream()
                .map(filter -> new Choice(
                        "off-" + id(filter),
                        Words.of(filter.facet()) + ": " + Words.of(filter),
                        CatalogAddress.of(query().without(filter)),
                        true,
                        ""))
                .toList();
    }

    public String withoutFilters() {
        return CatalogAddress.of(query().withoutFilters());
    }

    /** The same search in better words. */
    public String suggested() {
        return found.suggestion() == null ? "" : CatalogAddress.of(query().text(found.suggestion()));
    }

    public List<Side> sides() {
        return Stream.of(Facet.values())
                .map(facet -> new Side(Words.of(facet), choices(facet)))
                .filter(side -> !side.choices().isEmpty())
                .toList();
    }

    private List<Choice> choices(Facet facet) {
        return found.counts().stream()
                .filter(count -> count.value().facet() == facet)
                .map(this::choice)
                .toList();
    }

    private Choice choice(Facet.Count count) {
        boolean chosen = query().has(count.value());
        return new Choice(
                id(count.value()),
                Words.of(count.value()),
                CatalogAddress.of(chosen ? query().without(count.value()) : query().with(count.value())),
                chosen,
                number(count.algorithms(), count.atLeast()));
    }

    /** From a search that found nothing: similar ones that find something. */
    public List<Choice> ways() {
        return found.ways().stream()
                .map(way -> new Choice(
                        "",
                        Words.describe(way.query()),
                        CatalogAddress.of(way.query()),
                        false,
                        algorithms(way.algorithms(), way.atLeast())))
                .toList();
    }

    /** From a search that found nothing: the catalogue by category. */
    public List<Choice> categories() {
        return found.catalogue().stream()
                .filter(count -> count.value().facet() == Facet.CATEGORY)
                .map(count -> new Choice(
                        "",
                        Words.of(count.value()),
                        CatalogAddress.of(SearchQuery.EVERYTHING.with(count.value())),
                        false,
                        number(count.algorithms(), false)))
                .toList();
    }

    private static String id(Facet.Value value) {
        return value.facet().wire() + "-" + value.value().replaceAll("\\s", "_");
    }

    private static String number(long algorithms, boolean atLeast) {
        return Format.grouped(algorithms) + (atLeast ? "+" : "");
    }

    private static String algorithms(long count, boolean atLeast) {
        return number(count, atLeast) + (count == 1 ? " algorithm" : " algorithms");
    }
}
