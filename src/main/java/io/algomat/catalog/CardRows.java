package io.algomat.catalog;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Reads what the cards of a page show. */
@ApplicationScoped
class CardRows {
    private static final String CARDS = """
            SELECT d.algorithm_id, o.name AS owner, a.name, a.title, a.tag_line, d.version_id, d.about, d.median_ms, d.calls,
                   v.major || '.' || v.minor || '.' || v.patch AS version,
                   v.runtime = 'pipeline' AS pipeline, cardinality(v.calls_out) > 0 AS calls_others,
                   substr(s.input, 1, 12) AS input_start, substr(s.output, 1, 240) AS output_start, s.output_kind
            FROM search_document d
            JOIN algorithm a ON a.id = d.algorithm_id
            JOIN owner o ON o.id = a.owner_id
            JOIN version v ON v.id = d.version_id
            JOIN LATERAL (SELECT input, output, output_kind FROM sample
                          WHERE version_id = d.version_id AND passed ORDER BY position LIMIT 1) s ON true
            WHERE d.algorithm_id = ANY (?)
            """;

    private record Row(long algorithmId, SearchResults.Card card) {}

    private final DataSource database;

    CardRows(DataSource database) {
        this.database = database;
    }

    /** In the order of the ids; what was taken down since they were found is left out. */
    List<SearchResults.Card> cards(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, SearchResults.Card> cards = new SearchSql()
                .add(CARDS, (Object) ids.toArray(Long[]::new)).list(database, CardRows::row).stream()
                        .collect(Collectors.toMap(Row::algorithmId, Row::card));
        return ids.stream().map(cards::get).filter(Objects::nonNull).toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("algorithm_id"),
                new SearchResults.Card(
                        row.getString("owner"),
                        row.getString("name"),
                        row.getString("title"),
                        row.getString("tag_line"),
                        row.getString("version"),
                        Credits.micro(row.getLong("about")),
                        row.getDouble("median_ms"),
                        row.getLong("calls"),
                        row.getBoolean("pipeline"),
                        row.getBoolean("calls_others"),
                        PoolNames.key(row.getLong("version_id")),
                        FirstBytes.glimpse(
                                row.getBytes("input_start"),
                                row.getString("output_kind").equals("binary")
                                        ? new byte[0]
                                        : row.getBytes("output_start"))));
    }
}
