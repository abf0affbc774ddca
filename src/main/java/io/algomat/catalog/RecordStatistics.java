package io.algomat.catalog;

import io.algomat.platform.Sql;
import io.algomat.platform.Units;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import javax.sql.DataSource;

/** Takes in what the call log found out about each version, for cards, sorting and the price shown. */
@ApplicationScoped
public class RecordStatistics {
    /**
     * Figures over a version's recent calls; times in milliseconds of compute.
     *
     * @param p50Units what they reported of the metric that its price names
     */
    public record Statistics(
            long versionId, long calls, long succeeded, double p50Ms, double p99Ms, Units p50Units, Units p99Units) {}

    private static final String WRITE = """
            INSERT INTO version_statistics (version_id, calls, succeeded, p50_ms, p99_ms, p50_units, p99_units)
            SELECT id, ?, ?, ?, ?, ?, ? FROM version WHERE id = ?
            ON CONFLICT (version_id) DO UPDATE SET calls = excluded.calls, succeeded = excluded.succeeded,
                p50_ms = excluded.p50_ms, p99_ms = excluded.p99_ms, p50_units = excluded.p50_units,
                p99_units = excluded.p99_units, updated_at = now()
            """;

    private final DataSource database;

    public RecordStatistics(DataSource database) {
        this.database = database;
    }

    /** Replaces the figures of these versions. */
    @Transactional
    public void record(Collection<Statistics> statistics) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (Statistics of : statistics) {
                statement.setLong(1, of.calls());
                statement.setLong(2, of.succeeded());
                statement.setDouble(3, of.p50Ms());
                statement.setDouble(4, of.p99Ms());
                statement.setLong(5, of.p50Units().thousandths());
                statement.setLong(6, of.p99Units().thousandths());
                statement.setLong(7, of.versionId());
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw Sql.failure(e);
        }
    }
}
