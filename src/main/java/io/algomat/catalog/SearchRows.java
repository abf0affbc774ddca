package io.algomat.catalog;

import io.algomat.platform.Credits;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** The statements of search. What each may cost at 100,000 algorithms is told in docs/adr/0045. */
@ApplicationScoped
class SearchRows {
    /** How many algorithms found are ranked, counted and paged through; of more, the first by the order asked for. */
    static final int BOUND = 2000;

    /** @param ids of this page's algorithms, in order */
    record Found(int total, boolean atLeast, List<Long> ids, List<Facet.Count> counts) {
        static final Found NOTHING = new Found(0, false, List.of(), List.of());
    }

    private static final String FIND = """
            WITH found AS MATERIALIZED (
                SELECT algorithm_id, facets, calls, about, median_ms, created_at, %s AS score
                FROM search_document WHERE %s facets @> ?
                ORDER BY %s LIMIT ?),
            page AS (SELECT algorithm_id FROM found ORDER BY %s LIMIT ? OFFSET ?),
            counted AS (SELECT id, count(*) AS n FROM found, unnest(facets) id GROUP BY id),
            shown AS (SELECT t.kind, t.value, n, row_number() OVER (PARTITION BY t.kind ORDER BY n DESC, t.value) AS place
                      FROM counted JOIN search_term t USING (id))
            SELECT (SELECT count(*) FROM found) AS total,
                   ARRAY(SELECT algorithm_id FROM page) AS ids,
                   ARRAY(SELECT ARRAY[kind, value, n::text] FROM shown WHERE place <= ? ORDER BY kind, place) AS counts
            """;
    private static final String CARDS = """
            SELECT d.algorithm_id, o.name AS owner, a.name, a.title, a.tag_line, d.version_id, d.about, d.median_ms, d.calls,
                   v.major || '.' || v.minor || '.' || v.patch AS version,
                   CASE WHEN s.output_kind IN ('text', 'json')
                        THEN convert_from(substr(s.output, 1, 200), 'LATIN1') END AS answer
            FROM search_document d
            JOIN algorithm a ON a.id = d.algorithm_id
            JOIN owner o ON o.id = a.owner_id
            JOIN version v ON v.id = d.version_id
            JOIN LATERAL (SELECT output_kind, output FROM sample
                          WHERE version_id = d.version_id AND passed ORDER BY position LIMIT 1) s ON true
            WHERE d.algorithm_id = ANY (?)
            """;

    private final DataSource database;

    SearchRows(DataSource database) {
        this.database = database;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T with(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw Unreadable.database(e);
        }
    }

    /** The ids of these facets' values, or nothing when one of them has never been seen. */
    Optional<List<Integer>> terms(Set<Facet.Value> filters) {
        return with(connection -> {
            List<Integer> ids = new ArrayList<>();
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT id FROM search_term WHERE kind = ? AND value = ?")) {
                for (Facet.Value filter : filters) {
                    statement.setString(1, filter.facet().wire());
                    statement.setString(2, filter.value());
                    try (ResultSet row = statement.executeQuery()) {
                        if (!row.next()) {
                            return Optional.empty();
                        }
                        ids.add(row.getInt(1));
                    }
                }
            }
            return Optional.of(ids);
        });
    }

    /** @param words as {@code websearch_to_tsquery} reads them, or null for everything */
    Found find(@Nullable String words, List<Integer> facets, SearchSort sort, int size, int offset, int values) {
        boolean ranked = words != null && sort == SearchSort.RELEVANCE;
        String sql = FIND.formatted(
                ranked
                        ? "ts_rank(heading, websearch_to_tsquery('algomat', ?)) * (1 + 0.1 * ln(1 + calls))"
                        : "0",
                words == null ? "" : "body @@ websearch_to_tsquery('algomat', ?) AND",
                sort.columns,
                ranked ? "score DESC, " + sort.columns : sort.columns);
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                // Planned anew each time: a plan fit for rare words is a hundred times too slow for frequent ones.
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
                int i = 1;
                if (ranked) {
                    statement.setString(i++, words);
                }
                if (words != null) {
                    statement.setString(i++, words);
                }
                statement.setArray(i++, connection.createArrayOf("int4", facets.toArray()));
                statement.setInt(i++, BOUND + 1);
                statement.setInt(i++, size);
                statement.setInt(i++, offset);
                statement.setInt(i, values);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return found(row);
                }
            }
        });
    }

    private static Found found(ResultSet row) throws SQLException {
        int total = row.getInt("total");
        boolean atLeast = total > BOUND;
        List<Facet.Count> counts = new ArrayList<>();
        Array array = row.getArray("counts");
        for (Object count : (Object[]) array.getArray()) {
            String[] one = (String[]) count;
            Facet.of(one[0])
                    .ifPresent(facet -> counts.add(new Facet.Count(
                            new Facet.Value(facet, one[1]), Long.parseLong(one[2]), atLeast)));
        }
        return new Found(
                Math.min(total, BOUND), atLeast, List.of((Long[]) row.getArray("ids").getArray()), counts);
    }

    List<SearchResults.Card> cards(List<Long> ids) {
        Map<Long, SearchResults.Card> cards = with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CARDS)) {
                statement.setArray(1, connection.createArrayOf("int8", ids.toArray()));
                Map<Long, SearchResults.Card> byId = new HashMap<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        byId.put(row.getLong("algorithm_id"), card(row));
                    }
                }
                return byId;
            }
        });
        return ids.stream().filter(cards::containsKey).map(cards::get).toList();
    }

    private static SearchResults.Card card(ResultSet row) throws SQLException {
        return new SearchResults.Card(
                row.getString("owner"),
                row.getString("name"),
                row.getString("title"),
                row.getString("tag_line"),
                row.getString("version"),
                Credits.micro(row.getLong("about")),
                row.getDouble("median_ms"),
                row.getLong("calls"),
                "version-" + row.getLong("version_id"),
                row.getString("answer"));
    }
}
