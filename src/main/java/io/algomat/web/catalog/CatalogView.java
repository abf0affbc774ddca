package io.algomat.web.catalog;

import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchQuery;
import io.algomat.catalog.SearchResults;
import io.algomat.catalog.SearchSort;
import java.util.List;
import java.util.stream.Stream;

/** The catalogue as its template reads it: every choice is already an address. */
record CatalogView(SearchResults found, boolean nothingPublished) {
    /** @param count how many algorithms lie behind the link, or empty where that is not known */
    record Choice(String text, String href, boolean chosen, String count) {}

    record Side(String title, List<Choice> choices) {}

    public SearchQuery query() {
        return found.query();
    }

    public String address() {
        return CatalogAddress.of(query());
    }

    /** How many were found: {@code 1,204}, or {@code 2,000+} where no more are counted. */
    public String total() {
        return count(found.total(), found.atLeast());
    }

    public List<Choice> orders() {
        return Stream.of(SearchSort.values())
                .filter(sort -> sort != SearchSort.RELEVANCE || !query().text().isEmpty())
                .map(sort -> new Choice(
                        Words.of(sort), CatalogAddress.of(query().sorted(sort)), query().sort() == sort, ""))
                .toList();
    }

    /** The filters that are on, each with the address that takes it off. */
    public List<Choice> chosen() {
        return query().filters().stream()
                .map(filter -> new Choice(
                        Words.of(filter.facet()) + ": " + Words.of(filter),
                        CatalogAddress.of(query().without(filter)),
                        true,
                        ""))
                .toList();
    }

    public String withoutFilters() {
        return CatalogAddress.of(query().withoutFilters());
    }

    /** What the search can be narrowed by. A side where all that was found is alike has nothing to choose. */
    public List<Side> sides() {
        return Stream.of(Facet.values())
                .map(facet -> new Side(Words.of(facet), choices(facet)))
                .filter(side -> !side.choices().isEmpty())
                .toList();
    }

    private List<Choice> choices(Facet facet) {
        return found.counts().stream()
                .filter(count -> count.value().facet() == facet)
                .map(count -> {
                    boolean chosen = query().has(count.value());
                    return new Choice(
                            Words.of(count.value()),
                            CatalogAddress.of(
                                    chosen ? query().without(count.value()) : query().with(count.value())),
                            chosen,
                            count(count.algorithms(), count.atLeast()));
                })
                .toList();
    }

    static String count(long algorithms, boolean atLeast) {
        return String.format(java.util.Locale.ENGLISH, "%,d", algorithms) + (atLeast ? "+" : "");
    }
}
