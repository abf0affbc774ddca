package io.algomat.calls;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Counts the calls that failed or were cancelled, and so were free: what the ledger knows nothing of. */
@ApplicationScoped
public class FreeCalls {
    /** By what the calls are counted. */
    public enum Grouping {
        ALGORITHM("call_log.algorithm", "publisher_id"),
        PUBLISHER("owner.name", "publisher_id"),
        CALLER("owner.name", "caller_id");

        private final String label;
        private final String owner;

        Grouping(String label, String owner) {
            this.label = label;
            this.owner = owner;
        }

        private String sql() {
            return """
                    SELECT %1$s AS label, owner.id AS owner_id,
                           count(*) FILTER (WHERE outcome = 'failed') AS failed,
                           count(*) FILTER (WHERE outcome = 'cancelled') AS cancelled
                    FROM call_log JOIN owner ON owner.id = call_log.%2$s
                    WHERE started_at >= ? AND started_at < ? AND outcome IN ('failed', 'cancelled')
                    GROUP BY %1$s, owner.id
                    ORDER BY %1$s
                    """.formatted(label, owner);
        }
    }

    /**
     * @param label {@code owner/name} of an algorithm, or an owner's name
     * @param ownerId the algorithm's owner, or that owner
     */
    public record Count(String label, long ownerId, long failed, long cancelled) {
        public long calls() {
            return failed + cancelled;
        }
    }

    private final Sql sql;

    FreeCalls(Sql sql) {
        this.sql = sql;
    }

    /** @param from inclusive @param to exclusive */
    public List<Count> count(Instant from, Instant to, Grouping grouping) {
        return sql.list(
                grouping.sql(),
                row -> new Count(
                        row.getString("label"),
                        row.getLong("owner_id"),
                        row.getLong("failed"),
                        row.getLong("cancelled")),
                from,
                to);
    }
}
