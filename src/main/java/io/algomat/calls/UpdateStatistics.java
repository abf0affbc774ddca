package io.algomat.calls;

import io.algomat.catalog.RecordStatistics;
import io.algomat.catalog.RecordStatistics.Statistics;
import io.algomat.platform.Sql;
import io.algomat.platform.Units;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
            SELECT total.version_id, total.calls, total.succeeded, total.updated_at, count(recent.compute_us) AS measured,
                   coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY recent.compute_us), 0) / 1000 AS p50_ms,
                   coalesce(percentile_cont(0.99) WITHIN GROUP (ORDER BY recent.compute_us), 0) / 1000 AS p99_ms,
                   coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY recent.units), 0) AS p50_units,
                   coalesce(percentile_disc(0.99) WITHIN GROUP (ORDER BY recent.units), 0) AS p99_units
            FROM call_total total
            LEFT JOIN LATERAL (SELECT compute_us, units FROM call_log
                               WHERE version_id = total.version_id AND outcome = 'succeeded'
                               ORDER BY id DESC LIMIT 1000) recent ON true
            WHERE total.updated_at > ?
            GROUP BY total.version_id
            """;

    private record Measured(Statistics statistics, long telling, Instant updatedAt) {}

    private final Sql sql;
    private final RecordStatistics catalogue;
    private final MeasuredTimes times;
    private Instant seen = Instant.EPOCH;

    UpdateStatistics(Sql sql, RecordStatistics catalogue, MeasuredTimes times) {
        this.sql = sql;
        this.catalogue = catalogue;
        this.times = times;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void scheduled() {
        update();
    }

    /** Brings the figures of all versions up to date that were called since the last time. */
    public synchronized void update() {
        List<Measured> changed = sql.list(MEASURE, UpdateStatistics::read, seen.minus(OVERLAP));
        if (changed.isEmpty()) {
            return;
        }
        catalogue.record(changed.stream().map(Measured::statistics).toList());
        for (Measured measured : changed) {
            if (measured.telling() >= TELLING) {
                times.measured(
                        measured.statistics().versionId(), measured.statistics().p99Ms());
            }
            seen = measured.updatedAt().isAfter(seen) ? measured.updatedAt() : seen;
        }
    }

    private static Measured read(ResultSet row) throws SQLException {
        Statistics statistics = new Statistics(
                row.getLong("version_id"),
                row.getLong("calls"),
                row.getLong("succeeded"),
                row.getDouble("p50_ms"),
                row.getDouble("p99_ms"),
                new Units(row.getLong("p50_units")),
                new Units(row.getLong("p99_units")));
        return new Measured(statistics, row.getLong("measured"), Sql.time(row, "updated_at"));
    }
}
