package io.algomat.calls;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How long a publisher's calls took, from the newest that the call log has. */
@ApplicationScoped
public class PublishersTimes {
    /** Enough for a percentile, and read in a moment. */
    public static final int NEWEST = 20_000;

    private static final String TIMES = """
            SELECT label, percentile_cont(0.5) WITHIN GROUP (ORDER BY total_us) / 1000 AS p50,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY total_us) / 1000 AS p95
            FROM (SELECT %s AS label, total_us FROM call_log
                  WHERE publisher_id = ? AND id >= ? AND id < ? AND outcome = 'succeeded' ORDER BY id DESC LIMIT ?) newest
            GROUP BY GROUPING SETS ((label), ())
            """;

    /** Milliseconds from the request to the answer, queue and cold start included. */
    public record Times(double medianMs, double slowestTwentiethMs) {}

    /** @param all null where no call succeeded */
    public record Found(@Nullable Times all, Map<String, Times> byLabel) {}

    private final Sql sql;

    PublishersTimes(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param from inclusive
     * @param to exclusive
     * @param versions by {@code owner/name/1.0.0}, else by {@code owner/name}
     */
    public Found of(long publisher, Instant from, Instant to, boolean versions) {
        Map<String, Times> times = new HashMap<>();
        Times[] all = new Times[1];
        sql.list(
                TIMES.formatted(versions ? "algorithm || '/' || version" : "algorithm"),
                row -> {
                    Times read = new Times(row.getDouble("p50"), row.getDouble("p95"));
                    String label = row.getString("label");
                    if (label == null) {
                        // Without any call the whole has a row, and no percentile.
                        all[0] = row.getObject("p50") == null ? null : read;
                    } else {
                        times.put(label, read);
                    }
                    return read;
                },
                publisher,
                first(from),
                first(to),
                NEWEST);
        return new Found(all[0], Map.copyOf(times));
    }

    /** The least call id of a moment: a UUIDv7 begins with its milliseconds. */
    private static UUID first(Instant time) {
        return new UUID(time.toEpochMilli() << 16, 0);
    }
}
