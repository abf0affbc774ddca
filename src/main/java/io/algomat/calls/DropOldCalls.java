package io.algomat.calls;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Forgets calls that are older than the call log's retention. */
@ApplicationScoped
class DropOldCalls {
    private static final Logger LOG = Logger.getLogger(DropOldCalls.class);
    /** Rows a statement, so that none holds its locks for long. */
    private static final int CHUNK = 10_000;

    private final CallRows rows;
    private final CallsConfig config;
    private final Clock clock;

    DropOldCalls(CallRows rows, CallsConfig config, Clock clock) {
        this.rows = rows;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void drop() throws SQLException {
        long dropped = before(clock.instant().minus(config.logRetention()));
        if (dropped > 0) {
            LOG.infof("Dropped %d calls from the call log: older than %s", dropped, config.logRetention());
        }
    }

    long before(Instant time) throws SQLException {
        long dropped = 0;
        int chunk;
        do {
            chunk = rows.drop(time, CHUNK);
            dropped += chunk;
        } while (chunk == CHUNK);
        return dropped;
    }
}
