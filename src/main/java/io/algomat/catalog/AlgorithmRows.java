package io.algomat.catalog;

import io.algomat.accounts.Caller;
import io.algomat.platform.Payload;
import io.algomat.platform.Sql;
import io.algomat.platform.Units;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements behind an algorithm's page. */
@ApplicationScoped
class AlgorithmRows {
    record Head(
            long algorithmId,
            long ownerId,
            String owner,
            String ownerTitle,
            String name,
            String title,
            String tagLine,
            String readme,
            String licence,
            List<String> categories,
            List<String> tags,
            boolean unlisted,
            @Nullable String takenDownReason,
            Instant createdAt,
            Instant updatedAt) {}

    private static final String HEAD = """
            SELECT a.*, o.name AS owner, o.display_name
            FROM algorithm a JOIN owner o ON o.id = a.owner_id
            WHERE lower(o.name) = ? AND lower(a.name) = ?
            """;
    private static final String VERSIONS = """
            SELECT v.*, coalesce(s.calls, 0) AS calls, coalesce(s.succeeded, 0) AS succeeded,
                   coalesce(nullif(s.p50_ms, 0), (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY compute_ms)
                            FROM sample WHERE version_id = v.id), 0) AS p50_ms, coalesce(s.p99_ms, 0) AS p99_ms,
                   coalesce(s.p50_units, 0) AS p50_units, coalesce(s.p99_units, 0) AS p99_units,
                   CASE WHEN v.newest_from > now() THEN v.newest_from END AS announced
            FROM version v LEFT JOIN version_statistics s ON s.version_id = v.id
            WHERE v.algorithm_id = ?
            ORDER BY v.major DESC, v.minor DESC, v.patch DESC
            """;
    private static final String LINES = """
            SELECT a.id, o.name AS owner, a.name, a.title, a.unlisted_at, a.taken_down_at, a.take_down_reason,
                   count(v.id) AS versions, coalesce(sum(s.calls), 0) AS calls,
                   (array_agg(v.major || '.' || v.minor || '.' || v.patch
                              ORDER BY v.major DESC, v.minor DESC, v.patch DESC))[1] AS newest
            FROM algorithm a
            JOIN owner o ON o.id = a.owner_id
            JOIN version v ON v.algorithm_id = a.id
            LEFT JOIN version_statistics s ON s.version_id = v.id
            WHERE %s
            GROUP BY a.id, o.id
            ORDER BY a.updated_at DESC, a.id
            LIMIT 500
            """;

    private final Sql sql;

    AlgorithmRows(Sql sql) {
        this.sql = sql;
    }

    Optional<Head> head(String owner, String name) {
        return sql.first(HEAD, AlgorithmRows::head, owner.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getLong("id"),
                row.getLong("owner_id"),
                row.getString("owner"),
                row.getString("display_name"),
                row.getString("name"),
                row.getString("title"),
                row.getString("tag_line"),
                row.getString("readme"),
                row.getString("licence"),
                words(row, "categories"),
                words(row, "tags"),
                row.getObject("unlisted_at") != null,
                takenDown(row),
                Sql.time(row, "created_at"),
                Sql.time(row, "updated_at"));
    }

    List<AlgorithmView.VersionView> versions(long algorithmId) {
        return sql.list(VERSIONS, AlgorithmRows::version, algorithmId);
    }

    private static AlgorithmView.VersionView version(ResultSet row) throws SQLException {
        return new AlgorithmView.VersionView(
                row.getLong("id"),
                new VersionNumber(row.getInt("major"), row.getInt("minor"), row.getInt("patch")).toString(),
                row.getString("visibility").equals("public"),
                Sql.time(row, "published_at"),
                row.getString("release_notes"),
                row.getObject("deprecated_at") != null,
                row.getString("deprecation_note"),
                PriceColumns.read(row),
                row.getLong("calls"),
                row.getLong("succeeded"),
                row.getDouble("p50_ms"),
                row.getDouble("p99_ms"),
                new Units(row.getLong("p50_units")),
                new Units(row.getLong("p99_units")),
                Sql.timeOrNull(row, "announced"));
    }

    AlgorithmView.ShownVersion shown(AlgorithmView.VersionView line) {
        List<AlgorithmView.SampleView> samples = sql.list(
                "SELECT * FROM sample WHERE version_id = ? AND passed ORDER BY position",
                AlgorithmRows::sample,
                line.versionId());
        return sql.list(
                        "SELECT * FROM version WHERE id = ?",
                        row -> new AlgorithmView.ShownVersion(
                                line,
                                List.of((String[]) row.getArray("calls_out").getArray()),
                                row.getString("runtime"),
                                row.getString("task"),
                                row.getString("device"),
                                Duration.ofMillis(row.getInt("timeout_ms")),
                                row.getLong("memory_bytes"),
                                row.getLong("artifact_bytes"),
                                row.getString("artifact_sha256"),
                                row.getString("input_schema"),
                                row.getString("output_schema"),
                                samples),
                        line.versionId())
                .getFirst();
    }

    private static AlgorithmView.SampleView sample(ResultSet row) throws SQLException {
        return new AlgorithmView.SampleView(
                row.getString("name"),
                row.getString("file_name"),
                payload(row, "input"),
                payload(row, "output"),
                row.getDouble("compute_ms"));
    }

    static Payload payload(ResultSet row, String column) throws SQLException {
        String kind = row.getString(column + "_kind");
        return new Payload(Payload.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), row.getBytes(column));
    }

    List<Algorithms.Line> lines(Caller caller) {
        return sql.list(LINES.formatted("a.owner_id = ANY (?)"), AlgorithmRows::line, (Object) caller.owners());
    }

    List<Algorithms.Line> lines(String text) {
        return sql.list(
                LINES.formatted("strpos(lower(o.name || '/' || a.name), lower(?)) > 0"),
                AlgorithmRows::line,
                text.strip());
    }

    private static Algorithms.Line line(ResultSet row) throws SQLException {
        return new Algorithms.Line(
                row.getLong("id"),
                row.getString("owner"),
                row.getString("name"),
                row.getString("title"),
                row.getString("newest"),
                row.getInt("versions"),
                row.getObject("unlisted_at") != null,
                takenDown(row),
                row.getLong("calls"));
    }

    private static @Nullable String takenDown(ResultSet row) throws SQLException {
        String reason = row.getString("take_down_reason");
        return row.getObject("taken_down_at") == null ? null : reason == null ? "" : reason;
    }

    private static List<String> words(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
