package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
    private final int maxOutputBytes;

    RouteCall(
            AdmitCall admission,
            VersionResolver versions,
            ChargeCall credit,
            RunVersion versionRun,
            RecordCall record,
            TraceCalls traces,
            CallsConfig config) {
        this.admission = admission;
        this.versions = versions;
        this.credit = credit;
        this.versionRun = versionRun;
        this.record = record;
        this.traces = traces;
        this.maxOutputBytes = Math.toIntExact(config.maxOutput().asLongValue());
    }

    /** @throws Problem for all that the platform refuses or fails at; nothing was charged then */
    public CallResult route(Call call) {
        long started = System.nanoTime();
        return run(letIn(call, started, traces.begin(call.traceparent(), started)));
    }

    private Running letIn(Call call, long started, CallTrace trace) {
        try {
            Allowance allowance = admission.admit(call.caller(), call.address());
            CallableVersion version = versions.resolve(call.owner(), call.name(), call.version(), call.caller());
            Duration timeout = shorter(version.timeout(), call.timeout());
            Hold hold = credit.hold(call, version, timeout);
            RootCall root =
                    new RootCall(hold.request().callId(), call.caller(), call.front(), started, false, call.keepText());
            trace.admitted(System.nanoTime());
            return new Running(call, version, hold, allowance, root, trace, started, started + timeout.toNanos());
        } catch (Problem problem) {
            record.refused(problem.code());
            trace.refused(problem.code(), System.nanoTime());
            throw problem;
        }
    }

    private CallResult run(Running running) {
        boolean held = true;
        try {
            WorkerOutcome outcome = dispatch(running);
            running.trace().answered(System.nanoTime());
            Charge charge = null;
            if (outcome instanceof WorkerOutcome.Succeeded) {
                // From here on the hold is billing's to end, whatever capture answers.
                held = false;
                charge = credit.capture(running.hold(), outcome.timing());
            }
            CallResult result = running.ended(outcome, charge);
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

    private WorkerOutcome dispatch(Running running) {
        Call call = running.call();
        Standing root = new Standing(
                running.root(),
                null,
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
