package io.algomat.billing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;

/**
 * Elapsed time and waiting as billing knows them. A simulation has its own, so that the same seed is the same
 * course of events.
 */
interface Watch {
    Watch SYSTEM = new Watch() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(Duration time) {
            try {
                Thread.sleep(time);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        @Override
        public boolean acquire(Lock lock, Duration most) throws InterruptedException {
            return lock.tryLock(most.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos)
                throws InterruptedException, ExecutionException, TimeoutException {
            return future.get(Math.max(1, endNanos - nanos()), TimeUnit.NANOSECONDS);
        }
    };

    /** Since any moment, as {@link System#nanoTime()}. */
    long nanos();

    /** @return false when the thread was interrupted */
    boolean pause(Duration time);

    /** @return false when it was not to be had in that time */
    boolean acquire(Lock lock, Duration most) throws InterruptedException;

    /** @param endNanos by {@link #nanos()} */
    <T> T await(CompletableFuture<T> future, long endNanos)
            throws InterruptedException, ExecutionException, TimeoutException;

    default boolean isOver(long endNanos) {
        return nanos() - endNanos > 0;
    }
}
