package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.PlatformConfig;
import io.algomat.platform.Problem;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.ResultMessage;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The worker pools of this gateway. */
@ApplicationScoped
public class Workers {
    /** Where a pool stands: what a card's dot and the admin page show. */
    public record PoolState(int starting, int idle, int busy, int queued) {
        public static final PoolState NONE = new PoolState(0, 0, 0, 0);

        public boolean warm() {
            return idle + busy > 0;
        }
    }

    private static final int ATTEMPTS = 2;

    private final WorkerHost host;

    Workers(WorkersConfig config, PlatformConfig platform) {
        this.host = new WorkerHost(config, platform.data());
    }

    /**
     * Runs a call, waiting (on a virtual thread) for a worker to start if none is warm.
     *
     * @throws io.algomat.platform.Problem overloaded, worker-lost or sandbox-unavailable
     */
    public WorkerOutcome call(WorkerSpec spec, WorkerCall call) {
        host.sandbox().admit(spec);
        Fleet fleet = host.fleet();
        long queue = 0;
        long cold = 0;
        int attempts = spec.retrySafe() ? ATTEMPTS : 1;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            switch (await(fleet, spec, call, attempt > 1)) {
                case Ticket.End.Expired expired -> {
                    return new WorkerOutcome.Failed(
                            "TimeoutError", "The call waited for a worker until its time was over", null, Timing.NONE);
                }
                case Ticket.End.GivenUp givenUp -> {
                    return new WorkerOutcome.Cancelled(Timing.NONE);
                }
                case Ticket.End.Refused refused -> {
                    return refused(spec, fleet, refused.failure());
                }
                case Ticket.End.Granted granted -> {
                    queue += granted.queueNanos();
                    cold += granted.coldNanos();
                    WorkerOutcome outcome = run(fleet, granted.slot(), spec, call, queue, cold, attempt);
                    if (outcome != null) {
                        return outcome;
                    }
                }
            }
        }
        throw Problem.of(
                ErrorCode.WORKER_LOST,
                attempts > 1
                        ? "Two workers died with this call; it is not tried again"
                        : "The worker died with this call, which is not safe to run twice");
    }

    public PoolState state(String pool) {
        return host.fleet().state(pool);
    }

    /** Stops a pool's workers after the calls that they have in hand. */
    public void drain(String pool) {
        host.fleet().drain(pool);
    }

    public SandboxReport sandbox() {
        return host.sandbox().report();
    }

    @PreDestroy
    void stop() {
        host.close();
    }

    private static Ticket.End await(Fleet fleet, WorkerSpec spec, WorkerCall call, boolean first) {
        Ticket ticket = fleet.enqueue(spec, first);
        call.cancelled().thenRun(() -> ticket.end.complete(new Ticket.End.GivenUp()));
        Ticket.End end;
        try {
            end = ticket.end.get(Math.max(0, call.deadlineNanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            ticket.end.complete(new Ticket.End.Expired());
            end = ticket.end.getNow(new Ticket.End.Expired());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ticket.end.complete(new Ticket.End.GivenUp());
            end = ticket.end.getNow(new Ticket.End.GivenUp());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (end instanceof Ticket.End.Expired || end instanceof Ticket.End.GivenUp) {
            fleet.leave(spec, ticket);
        }
        return end;
    }

    /** Null when the worker died and the call may go to another. */
    private static @Nullable WorkerOutcome run(
            Fleet fleet, Slot slot, WorkerSpec spec, WorkerCall call, long queue, long cold, int attempt) {
        Worker worker = slot.worker();
        Worker.Reply reply;
        try {
            reply = worker.run(call);
        } catch (WorkerDied e) {
            return null;
        }
        return switch (reply) {
            case Worker.Reply.Result(ResultMessage result) -> {
                fleet.release(slot);
                yield new WorkerOutcome.Succeeded(
                        WorkerProcess.payload(result.output()),
                        new Timing(queue, cold, result.computeNanos(), worker.name(), spec.device(), attempt));
            }
            case Worker.Reply.Failed(Failure failure) -> {
                fleet.release(slot);
                Timing timing = new Timing(queue, cold, failure.computeNanos(), worker.name(), spec.device(), attempt);
                String trace = failure.stacktrace().isEmpty() ? null : failure.stacktrace();
                yield new WorkerOutcome.Failed(failure.errorType(), failure.message(), trace, timing);
            }
            case Worker.Reply.TimedOut timedOut ->
                new WorkerOutcome.Failed(
                        "TimeoutError",
                        "The algorithm did not end in time",
                        null,
                        new Timing(queue, cold, 0, worker.name(), spec.device(), attempt));
            case Worker.Reply.GivenUp givenUp ->
                new WorkerOutcome.Cancelled(new Timing(queue, cold, 0, worker.name(), spec.device(), attempt));
        };
    }

    private static WorkerOutcome refused(WorkerSpec spec, Fleet fleet, StartFailed failure) {
        if (failure.algorithmAtFault()) {
            String trace = failure.stacktrace().isEmpty() ? null : failure.stacktrace();
            return new WorkerOutcome.Failed("LoadingError", failure.reason(), trace, Timing.NONE);
        }
        Duration wait = fleet.backOff(spec.pool()).plusSeconds(1);
        throw Problem.of(ErrorCode.WORKER_LOST, "No worker could be started: " + failure.reason())
                .retryAfter(wait);
    }
}
