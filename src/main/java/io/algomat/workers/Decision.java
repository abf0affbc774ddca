package io.algomat.workers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waiting for something that several sides may decide, whoever comes first: here the one who waits is one of them, by
 * giving up. What it returns is what the future holds, never the waiter's own opinion alone.
 */
final class Decision {
    private Decision() {}

    /**
     * @param late what the waiter decides when the time is over
     * @param givenUp what it decides when its thread is interrupted; the thread stays so
     */
    static <T> T of(CompletableFuture<T> future, long nanos, T late, T givenUp) {
        try {
            return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.complete(late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.complete(givenUp);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return future.join();
    }
}
