package io.algomat.workers;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call in its pool, from its joining until one of its worker, its deadline and its caller has the last word: whoever
 * completes the future first. What is not final is guarded by the fleet's lock.
 */
final class Ticket {
    /** How it ended. */
    sealed interface End {
        record Replied(Worker.Reply reply) implements End {}

        record Expired() implements End {}

        record GivenUp() implements End {}

        record Refused(StartFailed failure) implements End {}

        /** The gateway is stopping. */
        record Stopping() implements End {}
    }

    /**
     * Where and with how many others it ran.
     *
     * @param coldNanos the part of the waiting in which the worker was started
     */
    record Run(Grant grant, Slot slot, long queueNanos, long coldNanos, int batch) {}

    final WorkerCall call;
    final long sinceNanos;
    /** Whether it must not share a batch: it was in one whose worker died. */
    final boolean alone;

    final CompletableFuture<End> end = new CompletableFuture<>();
    /** Its place in the fair queue. */
    double start;

    long order;
    /** Set when it is given to a worker. */
    volatile @Nullable Run run;

    Ticket(WorkerCall call, long sinceNanos, boolean alone) {
        this.call = call;
        this.sinceNanos = sinceNanos;
        this.alone = alone;
    }
}
