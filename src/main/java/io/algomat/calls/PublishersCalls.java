package io.algomat.calls;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An algorithm's calls as its publisher may see them: figures over all, and single calls only where there are words to read. */
@ApplicationScoped
public class PublishersCalls {
    private static final int MOST = 100;

    /**
     * All calls that ended alike.
     *
     * @param ended {@code succeeded}, or the error's type, or {@code cancelled}
     */
    public record Ended(String ended, boolean good, long calls, double medianMs, double slowestTenthMs) {}

    /** A call whose words may be read. */
    public record Readable(UUID callId, String version, Outcome outcome, boolean own) {}

    private final Sql sql;
    private final CallLog log;
    private final KeepText texts;

    PublishersCalls(Sql sql, CallLog log, KeepText texts) {
        this.sql = sql;
        this.log = log;
        this.texts = texts;
    }

    /** @param algorithm {@code owner/name} in its published spelling, @param from inclusive */
    public List<Ended> ended(long publisher, String algorithm, Instant from) {
        log.flush();
        return sql.list(
                """
                SELECT coalesce(error_type, outcome) AS ended, outcome = 'succeeded' AS good, count(*) AS calls,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY total_us) / 1000 AS p50,
                       percentile_cont(0.9) WITHIN GROUP (ORDER BY total_us) / 1000 AS p90
                FROM call_log WHERE publisher_id = ? AND algorithm = ? AND started_at >= ?
                GROUP BY 1, 2 ORDER BY good DESC, calls DESC, ended
                """,
                row -> new Ended(
                        row.getString("ended"),
                        row.getBoolean("good"),
                        row.getLong("calls"),
                        row.getDouble("p50"),
                        row.getDouble("p90")),
                publisher,
                algorithm,
                from);
    }

    /** The newest calls with words that this publisher may read. */
    public List<Readable> readable(long publisher, String algorithm) {
        log.flush();
        texts.flush();
        return sql.list(
                """
                SELECT c.id, c.version, c.outcome, t.own FROM call_text t JOIN call_log c ON c.id = t.call_id
                WHERE c.publisher_id = ? AND c.algorithm = ? AND (t.own OR t.shared_at IS NOT NULL)
                ORDER BY c.id DESC LIMIT ?
                """,
                row -> new Readable(
                        row.getObject("id", UUID.class),
                        row.getString("version"),
                        Outcome.of(row.getString("outcome")),
                        row.getBoolean("own")),
                publisher,
                algorithm,
                MOST);
    }
}
