package io.algomat.calls;

import io.algomat.catalog.RecordStatistics;
import io.algomat.catalog.RecordStatistics.Statistics;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Tells the catalogue how often each version was called and how long it computes, and keeps the slowest hundredth at
 * hand for holds. Times are those of the last thousand successful calls.
 */
@ApplicationScoped
public class UpdateStatistics {
    /** Fewer calls than this say nothing about the slowest hundredth. */
    private static final int TELLING = 20;
    /** Looks back this far beyond what it saw last: another gateway's rows may have become visible late. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final String MEASURE = """
            SELECT total.version_id, total.calls, total.succeeded, total.updated_at, count(recent) AS measured,
                   coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY recent.compute_us), 0) / 1000 AS p50_ms,
                   coalesce(percentile_cont(0.99) WITHIN GROUP (ORDER BY recent.compute_us), 0) / 1000 AS p99_ms
            FROM call_total total
            LEFT JOIN LATERAL (SELECT compute_us FROM call_log
                               WHERE version_id = total.version_id AND outcome = 'succeeded'
                               ORDER BY id DESC LIMIT 1000) recent ON true
            WHERE total.updated_at > ?
            GROUP BY total.version_id
            """;

    private final DataSource database;
    private final RecordStatistics catalogue;
    private final MeasuredTimes times;
    private Instant seen = Instant.EPOCH;

    UpdateStatistics(DataSource database, RecordStatistics catalogue, MeasuredTimes times) {
        this.database = database;
        this.catalogue = catalogue;
        this.times = times;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void scheduled() throws SQLException {
        update();
    }

    /** Brings the figures of all versions up to date that were called since the last time. */
    public synchronized void update() throws SQLException {
        List<Statistics> changed = new ArrayList<>();
        Instant newest = seen;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(MEASURE)) {
            statement.setObject(1, seen.minus(OVERLAP).atOffset(ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Statistics measured = new Statistics(
                            row.getLong("version_id"),
                            row.getLong("calls"),
                            row.getLong("succeeded"),
                            row.getDouble("p50_ms"),
                            row.getDouble("p99_ms"));
                    changed.add(measured);
                    if (row.getLong("measured") >= TELLING) {
                        times.measured(measured.versionId(), measured.p99Ms());
                    }
                    Instant updated =
                            row.getObject("updated_at", OffsetDateTime.class).toInstant();
                    newest = updated.isAfter(newest) ? updated : newest;
                }
            }
        }
        if (!changed.isEmpty()) {
            catalogue.record(changed);
        }
        seen = newest;
    }
}
