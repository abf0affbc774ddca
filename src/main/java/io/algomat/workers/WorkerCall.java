package io.algomat.workers;

import io.algomat.platform.Payload;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One call on its way to a worker.
 *
 * @param callerId the account that the pool's queue is fair between, and that a worker may be kept for
 * @param deadlineNanos {@link System#nanoTime()} after which it is never started, and is cancelled when running
 * @param maxOutputBytes a larger output fails the call with {@code TooLargeError}
 * @param cancelled completed by whoever gives the call up (client gone); the worker is told
 * @param out how it calls other algorithms
 */
public record WorkerCall(
        UUID callId,
        long callerId,
        Payload input,
        long deadlineNanos,
        int maxOutputBytes,
        CompletableFuture<Void> cancelled,
        CallOut out) {}
