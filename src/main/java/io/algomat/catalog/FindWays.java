package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where to go from a search that found nothing: what it finds with a filter or a word less. */
@ApplicationScoped
class FindWays {
    private final SearchRows rows;
    private final FacetTerms terms;

    FindWays(SearchRows rows, FacetTerms terms) {
        this.rows = rows;
        this.terms = terms;
    }

    List<SearchResults.Way> from(SearchQuery query) {
        Set<SearchQuery> tries = new LinkedHashSet<>();
        for (Facet.Value filter : query.filters()) {
            tries.add(query.without(filter));
        }
        tries.add(query.withoutFilters());
        List<String> words = new SearchWords(query.text()).words();
        for (String dropped : words) {
            List<String> kept = new ArrayList<>(words);
            kept.remove(dropped);
            tries.add(query.text(String.join(" ", kept)));
        }
        return tries.stream()
                .filter(next -> !next.everything())
                .map(this::way)
                .filter(way -> way.algorithms() > 0)
                .toList();
    }

    private SearchResults.Way way(SearchQuery query) {
        int found = terms.ids(query.filters())
                .map(facets -> rows.count(
                        query.text().isEmpty()
                                ? SearchMatch.all(facets)
                                : SearchMatch.typed(new SearchWords(query.text()), facets)))
                .orElse(0);
        return new SearchResults.Way(query, Math.min(found, SearchRows.BOUND), found > SearchRows.BOUND);
    }
}
