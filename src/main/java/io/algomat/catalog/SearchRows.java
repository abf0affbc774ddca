package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The statements that find algorithms. Why they are cut like this, and what they cost: docs/adr/0045. */
@ApplicationScoped
class SearchRows {
    /** How many of those found are counted and paged through. */
    static final int BOUND = 1200;

    /** Of more than that, so many are put in order by how well they fit; the others come after, the most called first. */
    private static final int RANKED = 240;

    /**
     * @param total how many were found, at most {@link #BOUND} + 1, which stands for more
     * @param ids of one page of them
     * @param counts of each facet's value, by its id, among those of {@code total}
     */
    record Found(int total, List<Long> ids, Map<Integer, Long> counts) {
        boolean more() {
            return total > BOUND;
        }
    }

    private final DataSource database;

    SearchRows(DataSource database) {
        this.database = database;
    }

    /** Counts what matches and reads one page of it. */
    Found find(SearchMatch match, SearchSort sort, int size, int offset) {
        SearchSql sql = new SearchSql()
                .add("""
                        WITH found AS MATERIALIZED (
                            SELECT algorithm_id, facets, calls, about, median_ms, created_at, heading
                            FROM search_document WHERE""")
                .add(match.where("body"))
                .add(" LIMIT ?), page AS (SELECT algorithm_id FROM found ORDER BY ", BOUND + 1)
                .add(order(match, sort))
                .add(" LIMIT ? OFFSET ?),", size, offset)
                .add("""
                         counted AS (SELECT id, count(*) AS n FROM found, unnest(facets) id GROUP BY id)
                        SELECT (SELECT count(*) FROM found) AS total, ARRAY(SELECT algorithm_id FROM page) AS page,
                               coalesce(array_agg(id), '{}') AS ids, coalesce(array_agg(n), '{}') AS counts
                        FROM counted
                        """);
        Found found = sql.list(database, SearchRows::found).getFirst();
        return found.more() ? new Found(found.total(), page(match, sort, size, offset), found.counts()) : found;
    }

    /** How many match, at most {@link #BOUND} + 1. */
    int count(SearchMatch match) {
        return new SearchSql()
                .add("SELECT count(*) FROM (SELECT FROM search_document WHERE")
                .add(match.where("body"))
                .add(" LIMIT ?) found", BOUND + 1)
                .list(database, row -> row.getInt(1))
                .getFirst();
    }

    /** One page of more than can be looked at: by the index of its order, which stops when the page is full. */
    List<Long> page(SearchMatch match, SearchSort sort, int size, int offset) {
        if (match.everything() || sort != SearchSort.RELEVANCE) {
            return ids(new SearchSql()
                    .add("SELECT algorithm_id FROM search_document WHERE")
                    .add(match.where("body"))
                    .add(" ORDER BY " + sort.columns + " LIMIT ? OFFSET ?", size, offset));
        }
        List<Long> best = best(match);
        if (offset < best.size()) {
            return best.subList(offset, Math.min(best.size(), offset + size));
        }
        return ids(new SearchSql()
                .add("SELECT algorithm_id FROM search_document WHERE")
                .add(match.where("body"))
                .add(" AND algorithm_id <> ALL (?)", (Object) best.toArray(Long[]::new))
                .add(" ORDER BY " + sort.columns + " LIMIT ? OFFSET ?", size, offset - best.size()));
    }

    private List<Long> best(SearchMatch match) {
        return ids(new SearchSql()
                .add(
                        "SELECT algorithm_id FROM search_document WHERE algorithm_id IN ((SELECT algorithm_id FROM search_document WHERE")
                .add(match.where("heading"))
                .add(
                        " ORDER BY calls DESC, algorithm_id DESC LIMIT ?) UNION (SELECT algorithm_id FROM search_document WHERE",
                        RANKED)
                .add(match.whereNamed())
                .add(" LIMIT ?)) ORDER BY ", RANKED)
                .add(order(match, SearchSort.RELEVANCE)));
    }

    private static SearchSql order(SearchMatch match, SearchSort sort) {
        boolean scored = sort == SearchSort.RELEVANCE && !match.everything();
        SearchSql sql = new SearchSql();
        return (scored ? sql.add(match.score()).add(" DESC, ") : sql).add(sort.columns);
    }

    private List<Long> ids(SearchSql sql) {
        return sql.list(database, row -> row.getLong(1));
    }

    private static Found found(ResultSet row) throws SQLException {
        Integer[] ids = (Integer[]) row.getArray("ids").getArray();
        Long[] counts = (Long[]) row.getArray("counts").getArray();
        Map<Integer, Long> byId = new LinkedHashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byId.put(ids[i], counts[i]);
        }
        return new Found(
                row.getInt("total"), List.of((Long[]) row.getArray("page").getArray()), byId);
    }
}
