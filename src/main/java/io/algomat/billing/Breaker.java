package io.algomat.billing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whether the database takes charges: once it has taken none for a while, new calls need not begin that could only
 * wait for it. One every five seconds, as long as a connection is waited for, is let through and shows when it is back.
 */
final class Breaker {
    static final Duration AWAY = Duration.ofSeconds(2);
    static final Duration TRY = Duration.ofSeconds(5);

    private static final long NEVER = Long.MIN_VALUE;

    private final Watch watch;
    /** When the first charge failed after the last one that did not. */
    private final AtomicLong failingSince = new AtomicLong(NEVER);

    private final AtomicLong tried = new AtomicLong(NEVER);

    Breaker(Watch watch) {
        this.watch = watch;
    }

    void succeeded() {
        failingSince.set(NEVER);
    }

    void failed() {
        failingSince.compareAndSet(NEVER, watch.nanos());
    }

    /** Whether a call may begin now. */
    boolean lets() {
        long since = failingSince.get();
        long now = watch.nanos();
        if (since == NEVER || now - since < AWAY.toNanos()) {
            return true;
        }
        long last = tried.get();
        return (last == NEVER || now - last >= TRY.toNanos()) && tried.compareAndSet(last, now);
    }
}
