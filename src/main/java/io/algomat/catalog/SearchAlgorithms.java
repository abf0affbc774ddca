package io.algomat.catalog;

import io.algomat.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds listed algorithms by words and facets. The words are taken as they stand; if that finds nothing, the last one may
 * be the beginning of a word; if that finds nothing, typing errors are mended.
 */
@ApplicationScoped
public class SearchAlgorithms {
    /** With fewer results than this, better words are offered. */
    private static final int FEW = 3;

    /** @param corrected the words that were searched for in place of the ones typed, or null */
    private record Attempt(
            SearchMatch match,
            SearchRows.Found found,
            int page,
            @Nullable String corrected) {}

    private final SearchRows rows;
    private final CardRows cards;
    private final FacetTerms terms;
    private final CorrectWords correct;
    private final FindWays ways;

    SearchAlgorithms(SearchRows rows, CardRows cards, FacetTerms terms, CorrectWords correct, FindWays ways) {
        this.rows = rows;
        this.cards = cards;
        this.terms = terms;
        this.correct = correct;
        this.ways = ways;
    }

    public SearchResults search(SearchQuery query) {
        return search(query, Page.DEFAULT_SIZE);
    }

    /** @param size how many algorithms a page has */
    public SearchResults search(SearchQuery query, int size) {
        if (query.everything()) {
            return everything(query, size);
        }
        return terms.ids(query.filters())
                .map(facets -> attempt(query, facets, size))
                .filter(attempt -> attempt.found().total() > 0)
                .map(attempt -> results(query, attempt, size))
                .orElseGet(() -> nothing(query, size));
    }

    private Attempt attempt(SearchQuery query, List<Integer> facets, int size) {
        if (query.text().isEmpty()) {
            return attempt(SearchMatch.all(facets), query, size, null);
        }
        SearchWords words = new SearchWords(query.text());
        Attempt typed = attempt(SearchMatch.typed(words, facets), query, size, null);
        if (typed.found().total() > 0) {
            return typed;
        }
        Optional<Attempt> begun =
                words.begun().map(text -> attempt(SearchMatch.begun(text, facets), query, size, null));
        if (begun.isPresent() && begun.get().found().total() > 0) {
            return begun.get();
        }
        return correct.correct(words)
                .map(text -> attempt(SearchMatch.typed(new SearchWords(text), facets), query, size, text))
                .orElse(typed);
    }

    /** A page beyond the end is the last one. */
    private Attempt attempt(SearchMatch match, SearchQuery query, int size, @Nullable String corrected) {
        int asked = Math.min(query.page(), SearchRows.BOUND / size + 1);
        SearchRows.Found found = rows.find(match, query.sort(), size, (asked - 1) * size);
        int last = lastPage(found.total(), size);
        return asked <= last
                ? new Attempt(match, found, asked, corrected)
                : new Attempt(match, rows.find(match, query.sort(), size, (last - 1) * size), last, corrected);
    }

    private SearchResults results(SearchQuery query, Attempt attempt, int size) {
        SearchRows.Found found = attempt.found();
        boolean oneFacet = query.text().isEmpty() && query.filters().size() == 1;
        long total = found.more() && oneFacet
                ? terms.algorithms(query.filters().iterator().next())
                : Math.min(found.total(), SearchRows.BOUND);
        return new SearchResults(
                query.at(attempt.page()),
                page(found.ids(), attempt.page(), size, total),
                total,
                found.more() && !oneFacet,
                attempt.corrected(),
                attempt.corrected() == null ? suggestion(query, attempt) : null,
                terms.mostFrequent(found.counts(), found.more()),
                List.of(),
                List.of());
    }

    private @Nullable String suggestion(SearchQuery query, Attempt attempt) {
        int total = attempt.found().total();
        if (query.text().isEmpty() || total >= FEW) {
            return null;
        }
        return correct.correct(new SearchWords(query.text()))
                .filter(text -> rows.count(SearchMatch.typed(
                                new SearchWords(text), attempt.match().facets()))
                        > total)
                .orElse(null);
    }

    /** The whole catalogue: its counts are kept, so nothing needs counting. */
    private SearchResults everything(SearchQuery query, int size) {
        List<Facet.Count> counts = terms.mostFrequent();
        // Each listed algorithm has exactly one value of this facet.
        long total = counts.stream()
                .filter(count -> count.value().facet() == Facet.PRICE)
                .mapToLong(Facet.Count::algorithms)
                .sum();
        int number = Math.min(query.page(), lastPage(total, size));
        List<Long> ids = rows.page(SearchMatch.all(List.of()), query.sort(), size, (number - 1) * size);
        return new SearchResults(
                query.at(number),
                page(ids, number, size, total),
                total,
                false,
                null,
                null,
                counts,
                List.of(),
                List.of());
    }

    private SearchResults nothing(SearchQuery query, int size) {
        return new SearchResults(
                query.at(1),
                page(List.of(), 1, size, 0),
                0,
                false,
                null,
                null,
                List.of(),
                ways.from(query),
                terms.mostFrequent());
    }

    private static int lastPage(long total, int size) {
        return (int) Math.max(1, (Math.min(total, SearchRows.BOUND) + size - 1) / size);
    }

    private Page<SearchResults.Card> page(List<Long> ids, int number, int size, long total) {
        return new Page<>(cards.cards(ids), number, size, Math.min(total, SearchRows.BOUND));
    }
}
