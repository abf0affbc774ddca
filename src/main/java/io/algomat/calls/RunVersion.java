package io.algomat.calls;

import io.algomat.billing.Hold;
import io.algomat.billing.HoldRequest;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.Pipeline;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerCall;
import io.algomat.workers.WorkerOutcome;
import io.algomat.workers.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs a version, in a worker or as a pipeline, and the calls that it makes of others: on its root caller's account,
 * inside the root's hold and deadline.
 */
@ApplicationScoped
class RunVersion {
    private static final Logger LOG = Logger.getLogger(RunVersion.class);
    /** Calls inside of each other below the root. */
    static final int DEEPEST = 8;

    private static final int LONGEST_SHOWN = 100;

    private final VersionResolver versions;
    private final ChargeCall credit;
    private final Workers workers;
    private final RecordCall record;

    RunVersion(VersionResolver versions, ChargeCall credit, Workers workers, RecordCall record) {
        this.versions = versions;
        this.credit = credit;
        this.workers = workers;
        this.record = record;
    }

    /** @throws Problem for what the platform refuses or fails at */
    WorkerOutcome run(Standing at, Payload input) {
        Pipeline pipeline = at.version().pipeline();
        WorkerOutcome outcome = pipeline == null
                ? workers.call(
                        at.version().worker(),
                        new WorkerCall(
                                at.callId(),
                                at.root().caller.ownerId(),
                                input,
                                at.deadlineNanos(),
                                at.maxOutputBytes(),
                                at.cancelled(),
                                (algorithm, value, timeout) -> call(at, algorithm, null, value, timeout)))
                : new RunPipeline(this, at, pipeline).run(input);
        // An answer that nobody waits for any more is a cancelled call, and free.
        return outcome instanceof WorkerOutcome.Succeeded && at.cancelled().isDone()
                ? new WorkerOutcome.Cancelled(outcome.timing())
                : outcome;
    }

    /**
     * A call that another makes.
     *
     * @param algorithm {@code owner/name}, with or without a version segment
     * @param step the pipeline's step, or null when code calls
     * @throws Problem unknown, undeclared, too deep, a cycle, too many, no credit; or what the platform failed at
     */
    WorkerOutcome call(
            Standing above, String algorithm, @Nullable String step, Payload input, @Nullable Duration wish) {
        long started = System.nanoTime();
        CallTrace trace = above.trace().below(started);
        CallableVersion version = unlessRefused(trace, () -> resolve(above, algorithm));
        long deadline = deadline(above, version, wish, started);
        Hold hold = unlessRefused(trace, () -> hold(above, version, deadline - started));
        trace.admitted(System.nanoTime());
        Standing at = above.below(trace, hold.request().callId(), version, paidUntil(above, hold, started, deadline));
        RecordCall.Nested line = new RecordCall.Nested(at, hold.request(), step, started);
        learn(above, version);
        boolean held = true;
        try {
            WorkerOutcome outcome = run(at, input);
            trace.answered(System.nanoTime());
            // The site tests its own drafts for nothing: what is not settled is never charged.
            if (outcome instanceof WorkerOutcome.Succeeded succeeded && !at.root().free) {
                credit.settle(hold, succeeded);
                held = false;
            }
            record.ended(line, outcome);
            trace.ended(at.callId(), version, outcome, System.nanoTime());
            return outcome;
        } catch (RuntimeException failure) {
            Problem problem = failure instanceof Problem known ? known : unexpected(at, failure);
            record.failed(line, problem.code());
            trace.failed(at.callId(), version, problem.code(), System.nanoTime());
            throw problem;
        } finally {
            if (held) {
                credit.release(hold);
            }
        }
    }

    private static <T> T unlessRefused(CallTrace trace, Supplier<T> step) {
        try {
            return step.get();
        } catch (Problem problem) {
            trace.refused(problem.code(), System.nanoTime());
            throw problem;
        }
    }

    private CallableVersion resolve(Standing above, String algorithm) {
        String[] parts = algorithm.replaceFirst("^(algo:/)?/*", "").split("/", 3);
        if (parts.length < 2) {
            throw Problem.of(
                    ErrorCode.BAD_REQUEST,
                    "'" + shown(algorithm) + "' is no algorithm; expected owner/name or owner/name/version");
        }
        CallableVersion caller = above.version();
        String path = parts[0] + "/" + parts[1];
        if (caller.calls().stream().noneMatch(path::equalsIgnoreCase)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN,
                    caller.path() + " does not say that it calls " + shown(path)
                            + "; its publisher can name it under 'calls' in algomat.yaml");
        }
        CallableVersion version =
                versions.resolve(parts[0], parts[1], parts.length < 3 ? null : parts[2], above.eyes());
        if (above.within(version)) {
            throw Problem.of(ErrorCode.CONFLICT, "A circle of calls: " + above.way() + " → " + version.exactPath());
        }
        if (above.depth() >= DEEPEST) {
            throw Problem.of(ErrorCode.CONFLICT, "Calls may go " + DEEPEST + " deep, not deeper: " + above.way());
        }
        if (!above.root().more()) {
            throw Problem.of(
                    ErrorCode.RATE_LIMITED,
                    "One call may lead to " + RootCall.MOST + " others, all depths together, not more");
        }
        return version;
    }

    private static long deadline(Standing above, CallableVersion version, @Nullable Duration wish, long started) {
        Duration own = wish == null || wish.compareTo(version.timeout()) > 0 ? version.timeout() : wish;
        long left = above.deadlineNanos() - started;
        return started + Math.min(left, own.toNanos());
    }

    /** Within a limit of cost nothing runs for longer than the limit pays. */
    private static long paidUntil(Standing above, Hold hold, long started, long deadline) {
        HoldRequest held = hold.request();
        return above.root().terms.maxCost() == null || held.price().ratePerMs().isZero()
                ? deadline
                : Math.min(deadline, started + TimeUnit.MILLISECONDS.toNanos(held.maxMillis()));
    }

    private Hold hold(Standing above, CallableVersion version, long nanos) {
        try {
            return credit.nested(above, version, Duration.ofNanos(Math.max(0, nanos)));
        } catch (Problem problem) {
            record.refused(problem.code());
            throw problem;
        }
    }

    private void learn(Standing above, CallableVersion version) {
        if (above.version().pipeline() == null && version.pipeline() == null) {
            workers.called(above.version().worker().pool(), version.worker());
        }
    }

    /** What an algorithm wrote where a name belongs, short enough for a message. */
    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static Problem unexpected(Standing at, RuntimeException failure) {
        String id = Ids.callText(at.callId());
        LOG.errorf(failure, "%s, inside of %s, failed in the platform", id, Ids.callText(at.root().callId));
        return Problem.of(ErrorCode.INTERNAL, "The platform failed at " + id);
    }
}
