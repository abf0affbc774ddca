package io.algomat.calls;

import io.algomat.platform.Sql;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Forgets calls that are older than the call log's retention. */
@ApplicationScoped
class DropOldCalls {
    private static final Logger LOG = Logger.getLogger(DropOldCalls.class);
    /** Rows a statement, so that none holds its locks for long. */
    private static final int CHUNK = 10_000;

    private static final String DROP =
            "DELETE FROM call_log WHERE id IN (SELECT id FROM call_log WHERE started_at < ? LIMIT ?)";

    private final Sql sql;
    private final CallsConfig config;
    private final Clock clock;

    DropOldCalls(Sql sql, CallsConfig config, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void drop() {
        long dropped = before(clock.instant().minus(config.logRetention()));
        if (dropped > 0) {
            LOG.infof("Dropped %d calls from the call log: older than %s", dropped, config.logRetention());
        }
    }

    /** Drops what began before that time, and says how many calls those were. */
    long before(Instant time) {
        long dropped = 0;
        int chunk;
        do {
            chunk = sql.update(DROP, time, CHUNK);
            dropped += chunk;
        } while (chunk == CHUNK);
        sql.update("DELETE FROM call_text WHERE kept_at < ?", time);
        return dropped;
    }
}
