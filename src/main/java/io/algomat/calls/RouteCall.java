package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.Raise;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The way of a call: admit, resolve, hold, dispatch, charge, record. */
@ApplicationScoped
public class RouteCall {
    private static final Logger LOG = Logger.getLogger(RouteCall.class);

    private final AdmitCall admission;
    private final VersionResolver versions;
    private final ChargeCall credit;
    private final RunVersion versionRun;
    private final RecordCall record;
    private final TraceCalls traces;
    private final RunOnce once;
    private final int maxOutputBytes;

    RouteCall(
            AdmitCall admission,
            VersionResolver versions,
            ChargeCall credit,
            RunVersion versionRun,
            RecordCall record,
            TraceCalls traces,
            RunOnce once,
            CallsConfig config) {
        this.admission = admission;
        this.versions = versions;
        this.credit = credit;
        this.versionRun = versionRun;
        this.record = record;
        this.traces = traces;
        this.once = once;
        this.maxOutputBytes = Math.toIntExact(config.maxOutput().asLongValue());
    }

    /** @throws Problem for all that the platform refuses or fails at; nothing was charged then */
    public CallResult route(Call call) {
        long started = System.nanoTime();
        CallTrace trace = traces.begin(call.traceparent(), started);
        Allowance allowance;
        RunOnce.Turn turn;
        try {
            allowance = admission.admit(call.caller(), call.address());
            turn = once.begin(call);
        } catch (Problem problem) {
            throw refused(problem, trace);
        }
        return switch (turn) {
            case RunOnce.Turn.Run(UUID id) -> run(letIn(id, call, allowance, started, trace));
            case RunOnce.Turn.Repeat before -> repeated(before, call.caller(), allowance);
        };
    }

    private Problem refused(Problem problem, CallTrace trace) {
        record.refused(problem.code());
        trace.refused(problem.code(), System.nanoTime());
        return problem;
    }

    private CallResult repeated(RunOnce.Turn.Repeat before, Caller caller, Allowance allowance) {
        KeptAnswer answer = before.answer();
        CallableVersion version = versions.resolve(answer.owner(), answer.name(), answer.version(), caller);
        return new CallResult(
                before.callId(),
                version,
                before.outcome(),
                before.charge().orElse(null),
                allowance,
                true,
                null,
                answer.totalNanos());
    }

    private Running letIn(UUID id, Call call, Allowance allowance, long started, CallTrace trace) {
        try {
            CallableVersion version = versions.resolve(call.owner(), call.name(), call.version(), call.caller());
            Duration timeout = MaxCost.within(
                    call.terms().maxCost(),
                    version,
                    call.caller().actsFor(version.ownerId()),
                    shorter(version.timeout(), call.timeout()));
            Hold hold = credit.hold(id, call, version, timeout);
            RootCall root =
                    new RootCall(id, call.caller(), call.front(), started, false, call.keepText(), call.terms());
            trace.admitted(System.nanoTime());
            return new Running(call, version, hold, allowance, root, trace, started, started + timeout.toNanos());
        } catch (Problem problem) {
            once.failed(id, problem.code());
            throw refused(problem, trace);
        } catch (RuntimeException failure) {
            once.failed(id, ErrorCode.INTERNAL);
            throw failure;
        }
    }

    private CallResult run(Running running) {
        boolean held = true;
        try {
            WorkerOutcome outcome = dispatch(running);
            running.trace().answered(System.nanoTime());
            long answeredNanos = running.elapsedNanos();
            once.answered(running, outcome, answeredNanos);
            Charge charge = null;
            if (outcome instanceof WorkerOutcome.Succeeded succeeded) {
                // From here on the hold is billing's to end, whatever capture answers.
                held = false;
                charge = credit.capture(running.hold(), succeeded);
            }
            once.settled(running, outcome);
            CallResult result = running.ended(
                    outcome,
                    charge,
                    raise(running.call(), running.version()),
                    charge == null ? answeredNanos : running.elapsedNanos());
            record.ended(running.root(), running.hold().request(), outcome, charge);
            running.trace().ended(running.callId(), running.version(), outcome, System.nanoTime());
            return result;
        } catch (RuntimeException failure) {
            throw explained(running, failure);
        } finally {
            if (held) {
                credit.release(running.hold());
            }
        }
    }

    private @Nullable Raise raise(Call call, CallableVersion version) {
        return version.version().equals(call.version())
                ? null
                : versions.raise(version).orElse(null);
    }

    private WorkerOutcome dispatch(Running running) {
        Call call = running.call();
        Standing root = new Standing(
                running.root(),
                null,
                running.trace(),
                0,
                running.callId(),
                running.version(),
                running.deadlineNanos(),
                maxOutputBytes,
                call.cancelled());
        return versionRun.run(root, call.input());
    }

    private Problem explained(Running running, RuntimeException failure) {
        String id = Ids.callText(running.callId());
        Problem problem = failure instanceof Problem known ? known : unexpected(id, failure);
        once.failed(running.callId(), problem.code());
        record.failed(running.root(), running.hold().request(), problem.code());
        running.trace().failed(running.callId(), running.version(), problem.code(), System.nanoTime());
        return problem.with("call", id);
    }

    private static Problem unexpected(String id, RuntimeException failure) {
        LOG.errorf(failure, "%s failed in the platform", id);
        return Problem.of(ErrorCode.INTERNAL, "The platform failed at " + id + "; the call was free");
    }

    private static Duration shorter(Duration cap, @Nullable Duration wish) {
        return wish == null || wish.compareTo(cap) > 0 ? cap : wish;
    }
}
