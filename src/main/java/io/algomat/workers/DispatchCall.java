package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The way of one call through its pool: it waits for a worker, runs, and once more when the worker died with it. */
final class DispatchCall {
    /** How the waiting for a worker's reply ended. */
    private sealed interface End {
        record Answered(Worker.Reply reply) implements End {}

        record Late() implements End {}

        record GivenUp() implements End {}
    }

    private static final int ATTEMPTS = 2;
    /** Workers that were gone before they had the call; more of them in a row is no accident. */
    private static final int MOST_GONE = 5;

    private final Fleet fleet;
    private final WorkerSpec spec;
    private final WorkerCall call;
    private final int attempts;
    private long queueNanos;
    private long coldNanos;
    private int attempt = 1;
    private int gone;

    DispatchCall(Fleet fleet, WorkerSpec spec, WorkerCall call) {
        this.fleet = fleet;
        this.spec = spec;
        this.call = call;
        this.attempts = spec.retrySafe() ? ATTEMPTS : 1;
    }

    WorkerOutcome dispatch() {
        WorkerOutcome outcome = once(false);
        while (outcome == null) {
            outcome = once(true);
        }
        return outcome;
    }

    /** Null when the worker died and the call may go to another. */
    private @Nullable WorkerOutcome once(boolean first) {
        return switch (await(first)) {
            case Ticket.End.Expired expired -> late("The call waited for a worker until its time was over", "");
            case Ticket.End.GivenUp givenUp -> new WorkerOutcome.Cancelled(Timing.NONE);
            case Ticket.End.Refused refused -> refused(refused.failure());
            case Ticket.End.Stopping stopping -> throw Fleet.stopping();
            case Ticket.End.Granted granted -> {
                queueNanos += granted.queueNanos();
                coldNanos += granted.coldNanos();
                yield granted(granted.slot());
            }
        };
    }

    private Ticket.End await(boolean first) {
        Ticket ticket = fleet.enqueue(spec, first);
        call.cancelled().thenRun(() -> ticket.end.complete(new Ticket.End.GivenUp()));
        Ticket.End end = Decision.of(ticket.end, remainingNanos(), new Ticket.End.Expired(), new Ticket.End.GivenUp());
        if (end instanceof Ticket.End.Expired || end instanceof Ticket.End.GivenUp) {
            fleet.leave(spec, ticket);
        }
        return end;
    }

    /** A call that ended while it was given a worker leaves it untouched. */
    private @Nullable WorkerOutcome granted(Slot slot) {
        if (call.cancelled().isDone() || Thread.currentThread().isInterrupted()) {
            fleet.release(slot);
            return new WorkerOutcome.Cancelled(Timing.NONE);
        }
        if (remainingNanos() <= 0) {
            fleet.release(slot);
            return late("The call waited for a worker until its time was over", "");
        }
        return run(slot);
    }

    private @Nullable WorkerOutcome run(Slot slot) {
        Worker worker = slot.worker();
        long begun = System.nanoTime();
        CompletableFuture<End> end =
                worker.begin(List.of(call)).getFirst().thenApply(End.Answered::new);
        call.cancelled().thenRun(() -> end.complete(new End.GivenUp()));
        End decided = Decision.of(end, remainingNanos(), new End.Late(), new End.GivenUp());
        long wallNanos = System.nanoTime() - begun;
        return switch (decided) {
            case End.Answered(Worker.Reply.Result(var result, var log)) ->
                new WorkerOutcome.Succeeded(
                        Wire.payload(result.output()),
                        log,
                        timing(worker.name(), credible(result.computeNanos(), wallNanos)));
            case End.Answered(Worker.Reply.Failed(var failure, var log)) ->
                new WorkerOutcome.Failed(
                        ErrorTypes.known(failure.errorType()),
                        failure.message(),
                        failure.stacktrace().isEmpty() ? null : failure.stacktrace(),
                        log,
                        timing(worker.name(), credible(failure.computeNanos(), wallNanos)));
            case End.Answered(Worker.Reply.Lost lost) -> {
                lost(lost);
                yield null;
            }
            case End.Late late -> {
                worker.abandon(call.callId());
                yield late("The algorithm did not end in time", worker.name());
            }
            case End.GivenUp givenUp -> {
                worker.abandon(call.callId());
                yield new WorkerOutcome.Cancelled(timing(worker.name(), 0));
            }
        };
    }

    /** Throws unless the call may go to another worker. */
    private void lost(Worker.Reply.Lost lost) {
        if (fleet.closed()) {
            throw Fleet.stopping();
        }
        if (!lost.begun()) {
            gone++;
        } else if (attempt < attempts) {
            attempt++;
        } else {
            throw Problem.of(
                    ErrorCode.WORKER_LOST,
                    attempts > 1
                            ? "Two workers died with this call; it is not tried again"
                            : "The worker died with this call, which is not safe to run twice");
        }
        if (gone > MOST_GONE) {
            throw Problem.of(ErrorCode.WORKER_LOST, "Workers of this algorithm die before they take a call");
        }
    }

    private WorkerOutcome refused(StartFailed failure) {
        if (failure.algorithmAtFault()) {
            String trace = failure.stacktrace().isEmpty() ? null : failure.stacktrace();
            return new WorkerOutcome.Failed("LoadingError", failure.reason(), trace, failure.log(), Timing.NONE);
        }
        Duration wait = fleet.backOff(spec.pool()).plusSeconds(1);
        throw Problem.of(ErrorCode.WORKER_LOST, "No worker could be started: " + failure.reason())
                .retryAfter(wait);
    }

    private WorkerOutcome late(String message, String worker) {
        Timing timing = worker.isEmpty() ? Timing.NONE : timing(worker, 0);
        return new WorkerOutcome.Failed("TimeoutError", message, null, "", timing);
    }

    private Timing timing(String worker, long computeNanos) {
        return new Timing(queueNanos, coldNanos, computeNanos, worker, spec.device(), attempt, 1);
    }

    /** What a worker says it computed is billed, so it is never believed beyond what this gateway saw go by. */
    static long credible(long computeNanos, long wallNanos) {
        return Math.clamp(computeNanos, 0, wallNanos);
    }

    private long remainingNanos() {
        return call.deadlineNanos() - System.nanoTime();
    }
}
