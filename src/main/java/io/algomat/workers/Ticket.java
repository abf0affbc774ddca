package io.algomat.workers;

import java.util.concurrent.CompletableFuture;

/** A call's place in a pool's queue. Whoever completes the future first decides: a worker, the deadline or the caller. */
final class Ticket {
    /** How the waiting ended. */
    sealed interface End {
        /** @param coldNanos the part of the waiting in which the worker was started */
        record Granted(Slot slot, long queueNanos, long coldNanos) implements End {}

        record Expired() implements End {}

        record GivenUp() implements End {}

        record Refused(StartFailed failure) implements End {}

        /** The gateway is stopping. */
        record Stopping() implements End {}
    }

    final long sinceNanos;
    final CompletableFuture<End> end = new CompletableFuture<>();

    Ticket(long sinceNanos) {
        this.sinceNanos = sinceNanos;
    }
}
