package io.algomat.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which documents to find, and how well each fits, as SQL.
 *
 * @param query an expression for a tsquery with one parameter, or null for everything
 * @param words its parameter
 * @param name the tsquery for an algorithm of exactly this name, or null
 * @param facets ids of search_term; all of them must hold
 */
record SearchMatch(
        @Nullable String query, String words, @Nullable String name, List<Integer> facets) {

    static SearchMatch all(List<Integer> facets) {
        return new SearchMatch(null, "", null, facets);
    }

    static SearchMatch typed(SearchWords words, List<Integer> facets) {
        return new SearchMatch(
                "websearch_to_tsquery('algomat', ?)",
                words.plain(),
                words.name().orElse(null),
                facets);
    }

    /** @param begun a tsquery put together from letters and digits */
    static SearchMatch begun(String begun, List<Integer> facets) {
        return new SearchMatch("to_tsquery('algomat', ?)", begun, null, facets);
    }

    boolean everything() {
        return query == null;
    }

    /** The condition on a document. @param column {@code body}, or {@code heading} for those that carry the words there */
    SearchSql where(String column) {
        SearchSql sql = new SearchSql().add(" true");
        if (query != null) {
            sql.add(" AND " + column + " @@ " + query, words);
        }
        return narrowed(sql);
    }

    /** The condition on a document whose name is what was typed. */
    SearchSql whereNamed() {
        SearchSql sql =
                name == null ? new SearchSql().add(" false") : new SearchSql().add(" heading @@ ?::tsquery", name);
        return narrowed(sql);
    }

    private SearchSql narrowed(SearchSql sql) {
        return facets.isEmpty() ? sql : sql.add(" AND facets @> ?", (Object) facets.toArray(Integer[]::new));
    }

    /** How well a document fits: by the weight of the places where the words stand, and somewhat by how much it is called. */
    SearchSql score() {
        SearchSql sql = new SearchSql().add("ts_rank(heading, " + query + ") * (1 + 0.1 * ln(1 + calls))", words);
        return name == null ? sql : sql.add(" + 10 * (heading @@ ?::tsquery)::int", name);
    }
}
