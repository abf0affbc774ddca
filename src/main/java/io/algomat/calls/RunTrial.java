package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.billing.Terms;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.TryVersion;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the sample of a draft. The draft itself is free; what it calls is charged to its publisher like any call, when
 * the sample ran through, and is free for the site's own drafts.
 */
@ApplicationScoped
class RunTrial implements TryVersion {
    private static final String FRONT = "test";

    private final RunVersion runner;
    private final ChargeCall credit;
    private final RecordCall record;
    private final TraceCalls traces;
    private final Clock clock;

    RunTrial(RunVersion runner, ChargeCall credit, RecordCall record, TraceCalls traces, Clock clock) {
        this.runner = runner;
        this.credit = credit;
        this.record = record;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public WorkerOutcome run(
            CallableVersion draft,
            Publisher publisher,
            Payload input,
            long deadlineNanos,
            int maxOutputBytes,
            CompletableFuture<Void> cancelled) {
        Caller caller =
                new Caller(publisher.ownerId(), draft.owner(), null, Set.of(), Set.of(draft.ownerId()), false, false);
        UUID id = Ids.newCallId(clock);
        long started = System.nanoTime();
        RootCall root = new RootCall(id, caller, FRONT, started, publisher.site(), false, Terms.NONE);
        CallTrace trace = traces.begin(null, started);
        Standing at = new Standing(root, null, trace, 0, id, draft, deadlineNanos, maxOutputBytes, cancelled);
        try {
            WorkerOutcome outcome = draft.calls().isEmpty() ? runner.run(at, input) : paid(at, input);
            trace.answered(System.nanoTime());
            trace.ended(id, draft, outcome, System.nanoTime());
            return outcome;
        } catch (Problem problem) {
            trace.failed(id, draft, problem.code(), System.nanoTime());
            throw problem;
        }
    }

    private WorkerOutcome paid(Standing at, Payload input) {
        Hold hold = credit.trial(at.callId(), at.root().caller, at.version());
        boolean held = true;
        try {
            WorkerOutcome outcome = runner.run(at, input);
            Charge charge = null;
            if (outcome instanceof WorkerOutcome.Succeeded) {
                held = false;
                charge = credit.captureTrial(hold);
            }
            record.ended(at.root(), hold.request(), outcome, charge);
            return outcome;
        } catch (Problem problem) {
            record.failed(at.root(), hold.request(), problem.code());
            throw problem;
        } finally {
            if (held) {
                credit.release(hold);
            }
        }
    }
}
