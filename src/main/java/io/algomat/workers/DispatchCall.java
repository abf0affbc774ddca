package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way of one call through its pool: it waits for a worker, runs, and once more, alone, when the worker died with it. */
final class DispatchCall {
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
        if (call.cancelled().isDone() || Thread.currentThread().isInterrupted()) {
            return new WorkerOutcome.Cancelled(Timing.NONE);
        }
        Ticket ticket = fleet.enqueue(spec, call, null);
        WorkerOutcome outcome = outcome(ticket);
        while (outcome == null) {
            ticket = fleet.enqueue(spec, call, ticket);
            outcome = outcome(ticket);
        }
        return outcome;
    }

    /** Null when the worker died and the call may go to another. */
    private @Nullable WorkerOutcome outcome(Ticket ticket) {
        Ticket.End end = await(ticket);
        Ticket.Run run = ticket.run;
        if (run != null) {
            queueNanos += run.queueNanos();
            coldNanos += run.coldNanos();
        }
        return switch (end) {
            case Ticket.End.Expired expired
            when run == null -> late("The call waited for a worker until its time was over", Timing.NONE);
            case Ticket.End.Expired expired -> late("The algorithm did not end in time", timing(run, 0));
            case Ticket.End.GivenUp givenUp -> new WorkerOutcome.Cancelled(run == null ? Timing.NONE : timing(run, 0));
            case Ticket.End.Refused refused -> refused(refused.failure());
            case Ticket.End.Stopping stopping -> throw Fleet.stopping();
            case Ticket.End.Replied replied
            when run == null -> throw new IllegalStateException("no worker had the call");
            case Ticket.End.Replied replied -> replied(replied.reply(), run);
        };
    }

    private Ticket.End await(Ticket ticket) {
        call.cancelled().thenRun(() -> ticket.end.complete(new Ticket.End.GivenUp()));
        Ticket.End end = Decision.of(ticket.end, remainingNanos(), new Ticket.End.Expired(), new Ticket.End.GivenUp());
        if (end instanceof Ticket.End.Expired || end instanceof Ticket.End.GivenUp) {
            fleet.leave(spec, ticket);
        }
        return end;
    }

    private @Nullable WorkerOutcome replied(Worker.Reply reply, Ticket.Run run) {
        return switch (reply) {
            case Worker.Reply.Result(var result, var log, var metrics) ->
                new WorkerOutcome.Succeeded(
                        Wire.payload(result.output()), log, timing(run, result.computeNanos()), metrics);
            case Worker.Reply.Failed(var failure, var log) ->
                new WorkerOutcome.Failed(
                        ErrorTypes.known(failure.errorType()),
                        failure.message(),
                        failure.stacktrace().isEmpty() ? null : failure.stacktrace(),
                        log,
                        timing(run, failure.computeNanos()));
            // Killed for being overdue, which a busy machine may tell sooner than that the time is over.
            case Worker.Reply.Lost lost
            when lost.begun() && remainingNanos() <= 0 -> late("The algorithm did not end in time", timing(run, 0));
            case Worker.Reply.Lost lost -> {
                lost(lost);
                yield null;
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
        } else if (attempts == 1) {
            throw Problem.of(ErrorCode.WORKER_LOST, "The worker died with this call, which is not safe to run twice");
        } else {
            fleet.poisoned(spec, call);
            throw Problem.of(ErrorCode.WORKER_LOST, "Two workers died with this call; it is not tried again");
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
        Duration wait = Admission.seconds(fleet.readings().backOff(spec.pool()).toNanos());
        throw Problem.of(ErrorCode.OVERLOADED, "Workers of this algorithm die again and again: " + failure.reason())
                .retryAfter(wait);
    }

    private static WorkerOutcome late(String message, Timing timing) {
        return new WorkerOutcome.Failed("TimeoutError", message, null, "", timing);
    }

    /** @param batchNanos what the worker says that it computed, for all that ran together */
    private Timing timing(Ticket.Run run, long batchNanos) {
        long wallNanos = System.nanoTime() - run.grant().begunNanos;
        return new Timing(
                queueNanos,
                coldNanos,
                credible(batchNanos, wallNanos) / run.batch(),
                run.slot().worker().name(),
                run.slot().device,
                attempt,
                run.batch());
    }

    /** What a worker says it computed is billed, so it is never believed beyond what this gateway saw go by. */
    static long credible(long computeNanos, long wallNanos) {
        return Math.clamp(computeNanos, 0, wallNanos);
    }

    private long remainingNanos() {
        return call.deadlineNanos() - System.nanoTime();
    }
}
