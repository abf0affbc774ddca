package io.algomat.catalog;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads an algorithm with its versions from the database, in one statement. */
@ApplicationScoped
class PublishedAlgorithms {
    private static final String FIND = """
            SELECT a.id, a.owner_id, o.name AS owner, a.name, a.taken_down_at IS NOT NULL AS down,
                   coalesce(a.take_down_reason, '') AS reason, o.site,
                   o.verified_at IS NOT NULL AS verified, v.id AS version_id, v.major, v.minor, v.patch,
                   v.visibility = 'public' AS visible, v.deprecated_at IS NOT NULL AS deprecated, v.royalty,
                   v.rate_per_ms, v.take_bps, v.unit_metric, v.unit_price, v.unit_per, v.unit_most, v.timeout_ms, v.runtime, v.task, v.options, v.artifact_sha256, v.device,
                   v.memory_bytes, v.gpu_memory_bytes, v.retry_safe, v.reuse, v.cpu_ms, v.temporary_bytes, v.processes, v.calls_out, v.pipeline,
                   v.dependencies_sha256, v.newest_from
            FROM algorithm a
            JOIN owner o ON o.id = a.owner_id
            JOIN version v ON v.algorithm_id = a.id
            WHERE lower(o.name) = ? AND lower(a.name) = ?
            ORDER BY v.major DESC, v.minor DESC, v.patch DESC
            """;

    private final DataSource database;
    private final WorkerSpecs specs;
    private final ProgramColumns programs;

    PublishedAlgorithms(DataSource database, WorkerSpecs specs, ProgramColumns programs) {
        this.database = database;
        this.specs = specs;
        this.programs = programs;
    }

    Optional<PublishedAlgorithm> find(String owner, String name) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, owner.toLowerCase(Locale.ROOT));
            statement.setString(2, name.toLowerCase(Locale.ROOT));
            try (ResultSet row = statement.executeQuery()) {
                return read(row);
            }
        } catch (SQLException e) {
            throw Sql.failure(e);
        }
    }

    private Optional<PublishedAlgorithm> read(ResultSet row) throws SQLException {
        PublishedAlgorithm found = null;
        List<PublishedAlgorithm.Numbered> versions = new ArrayList<>();
        while (row.next()) {
            VersionNumber number = new VersionNumber(row.getInt("major"), row.getInt("minor"), row.getInt("patch"));
            versions.add(
                    new PublishedAlgorithm.Numbered(number, version(row, number), Sql.timeOrNull(row, "newest_from")));
            found = new PublishedAlgorithm(
                    row.getLong("id"),
                    row.getLong("owner_id"),
                    row.getString("owner"),
                    row.getString("name"),
                    row.getBoolean("down") ? row.getString("reason") : null,
                    versions);
        }
        return Optional.ofNullable(found);
    }

    private CallableVersion version(ResultSet row, VersionNumber number) throws SQLException {
        long versionId = row.getLong("version_id");
        Program program = programs.read(row);
        return new CallableVersion(
                versionId,
                row.getLong("id"),
                row.getLong("owner_id"),
                row.getString("owner"),
                row.getString("name"),
                number.toString(),
                row.getBoolean("visible"),
                row.getBoolean("deprecated"),
                PriceColumns.read(row),
                Duration.ofMillis(row.getInt("timeout_ms")),
                program.calls(),
                program.pipeline(),
                specs.of(
                        PoolNames.key(versionId),
                        new WorkerSpecs.Origin(
                                row.getString("owner") + "/" + row.getString("name"),
                                row.getBoolean("site"),
                                row.getBoolean("verified")),
                        program,
                        row.getString("artifact_sha256"),
                        row.getString("dependencies_sha256")));
    }
}
