package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.VersionResolver;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.workers.CallOut;
import io.algomat.workers.WorkerCall;
import io.algomat.workers.WorkerOutcome;
import io.algomat.workers.Workers;
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
    private final Workers workers;
    private final RecordCall record;
    private final int maxOutputBytes;

    RouteCall(
            AdmitCall admission,
            VersionResolver versions,
            ChargeCall credit,
            Workers workers,
            RecordCall record,
            CallsConfig config) {
        this.admission = admission;
        this.versions = versions;
        this.credit = credit;
        this.workers = workers;
        this.record = record;
        this.maxOutputBytes = Math.toIntExact(config.maxOutput().asLongValue());
    }

    /** @throws Problem for all that the platform refuses or fails at; nothing was charged then */
    public CallResult route(Call call) {
        return run(letIn(call, System.nanoTime()));
    }

    private Running letIn(Call call, long started) {
        try {
            Allowance allowance = admission.admit(call.caller(), call.address());
            CallableVersion version = versions.resolve(call.owner(), call.name(), call.version(), call.caller());
            Duration timeout = shorter(version.timeout(), call.timeout());
            Hold hold = credit.hold(call, version, timeout);
            return new Running(call, version, hold, allowance, started, started + timeout.toNanos());
        } catch (Problem problem) {
            record.refused(problem.code());
            throw problem;
        }
    }

    private CallResult run(Running running) {
        boolean held = true;
        try {
            WorkerOutcome outcome = dispatch(running);
            Charge charge = null;
            if (outcome instanceof WorkerOutcome.Succeeded) {
                // From here on the hold is billing's to end, whatever capture answers.
                held = false;
                charge = credit.capture(running.hold(), outcome.timing());
            }
            CallResult result = running.ended(outcome, charge);
            record.ended(running, result);
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
        WorkerOutcome outcome = workers.call(
                running.version().worker(),
                new WorkerCall(
                        running.callId(),
                        call.caller().ownerId(),
                        call.input(),
                        running.deadlineNanos(),
                        maxOutputBytes,
                        call.cancelled(),
                        CallOut.NONE));
        // An answer that nobody waits for any more is a cancelled call, and free.
        return outcome instanceof WorkerOutcome.Succeeded && call.cancelled().isDone()
                ? new WorkerOutcome.Cancelled(outcome.timing())
                : outcome;
    }

    private Problem explained(Running running, RuntimeException failure) {
        String id = Ids.callText(running.callId());
        Problem problem = failure instanceof Problem known ? known : unexpected(id, failure);
        record.failed(running, problem.code());
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
