package io.algomat.catalog;

import io.algomat.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Finds listed algorithms by words and facets. */
@ApplicationScoped
public class SearchAlgorithms {
    private static final int VALUES_PER_FACET = 10;

    private final SearchRows rows;

    public SearchAlgorithms(SearchRows rows) {
        this.rows = rows;
    }

    public SearchResults search(SearchQuery query) {
        return search(query, Page.DEFAULT_SIZE);
    }

    public SearchResults search(SearchQuery query, int size) {
        Optional<List<Integer>> facets = rows.terms(query.filters());
        SearchRows.Found found = facets.map(ids -> rows.find(
                        query.text().isEmpty() ? null : query.text(),
                        ids,
                        query.sort(),
                        size,
                        (query.page() - 1) * size,
                        VALUES_PER_FACET))
                .orElse(SearchRows.Found.NOTHING);
        return new SearchResults(
                query,
                new Page<>(rows.cards(found.ids()), query.page(), size, found.total()),
                found.atLeast(),
                null,
                null,
                found.counts(),
                List.of());
    }
}
