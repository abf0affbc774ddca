package io.algomat.calls;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets the answers of calls with an idempotency key when their time is over. Which key made which call stays. */
@ApplicationScoped
class DropOldAnswers {
    /** Rows a statement, so that none holds its locks for long. */
    private static final int CHUNK = 1_000;

    private final OnceRows rows;
    private final CallsConfig config;

    DropOldAnswers(OnceRows rows, CallsConfig config) {
        this.rows = rows;
        this.config = config;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void drop() {
        int dropped;
        do {
            dropped = rows.dropAnswers(config.answerRetention(), CHUNK);
        } while (dropped == CHUNK);
    }
}
