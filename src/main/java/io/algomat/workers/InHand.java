package io.algomat.workers;

import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.Value;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls that a worker has in hand: one, or a batch. */
final class InHand {
    /** One of them. Whoever completes the reply first decides how it ended. */
    static final class Running {
        final WorkerCall call;
        final int maxOutputBytes;
        final CompletableFuture<Worker.Reply> reply = new CompletableFuture<>();
        final NestedCalls nested;
        final CallLog log;
        final Metrics metrics = new Metrics();
        volatile long killAtNanos;
        private volatile boolean answered;

        Running(WorkerCall call, FrameChannel data, int logBytes, long graceNanos) {
            this.call = call;
            this.nested = new NestedCalls(call, data);
            this.log = new CallLog(logBytes);
            this.maxOutputBytes = Math.min(call.maxOutputBytes(), Value.MAX_BYTES);
            this.killAtNanos = call.deadlineNanos() + graceNanos;
        }
    }

    final List<Running> calls;
    final long heardBefore;
    /** Whether the last byte has gone to the worker. */
    volatile boolean sent;

    private int open;
    private boolean condemned;

    /** @param heardBefore bytes that the worker had written to its log before it was given them */
    InHand(List<WorkerCall> calls, FrameChannel data, int logBytes, long graceNanos, long heardBefore) {
        this.heardBefore = heardBefore;
        this.calls = calls.stream()
                .map(call -> new Running(call, data, logBytes, graceNanos))
                .toList();
        this.open = calls.size();
    }

    List<CompletableFuture<Worker.Reply>> replies() {
        return calls.stream().map(running -> running.reply).toList();
    }

    /** The call of that id if it is not answered yet. */
    @Nullable
    Running open(UUID callId) {
        for (Running running : calls) {
            if (running.call.callId().equals(callId)) {
                return running.answered ? null : running;
            }
        }
        return null;
    }

    /** True when it was the last one. */
    synchronized boolean answered(Running running) {
        running.answered = true;
        return --open == 0;
    }

    /** Whether every call that is not answered should have ended by now: one that is abandoned hurts no other's run. */
    boolean overdue(long nanoTime) {
        return calls.stream().allMatch(running -> running.answered || nanoTime - running.killAtNanos > 0);
    }

    /**
     * The worker shall die for these calls. False where all of them are answered: there is nothing to end, whoever judged was
     * late, and the worker may have the next ones already.
     */
    synchronized boolean condemn() {
        condemned |= open > 0;
        return condemned;
    }

    /** Whether it dies for these calls, so that it must not be given others. */
    synchronized boolean condemned() {
        return condemned;
    }

    void lost(boolean begun) {
        ended(new Worker.Reply.Lost(begun));
    }

    /** The same end for every call that has none yet. */
    void ended(Worker.Reply reply) {
        calls.forEach(running -> running.nested.end());
        calls.forEach(running -> running.reply.complete(reply));
    }
}
