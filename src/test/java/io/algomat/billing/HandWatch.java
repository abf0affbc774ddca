package io.algomat.billing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;

/** Stands still until a test moves it on; nobody may wait by it. */
final class HandWatch implements Watch {
    private long now = Duration.ofHours(1).toNanos();

    void pass(Duration time) {
        now += time.toNanos();
    }

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public boolean pause(Duration time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean acquire(Lock lock, Duration most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T await(CompletableFuture<T> future, long endNanos) {
        throw new UnsupportedOperationException();
    }
}
