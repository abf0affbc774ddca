package io.algomat.calls;

import io.algomat.accounts.Caller;
import io.algomat.billing.Billing;
import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.billing.HoldRequest;
import io.algomat.billing.Usage;
import io.algomat.catalog.CallableVersion;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.workers.WorkerOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Sets credit aside for a call, and ends that hold in a charge or in nothing. */
@ApplicationScoped
class ChargeCall {
    /** So much slower than the version's slowest hundredth a call may be and is still billed in full. */
    private static final int SLACK = 20;

    private final Billing billing;
    private final MeasuredTimes times;
    private final Clock clock;

    ChargeCall(Billing billing, MeasuredTimes times, Clock clock) {
        this.billing = billing;
        this.times = times;
        this.clock = clock;
    }

    /** Sets aside what the call may cost at most. */
    Hold hold(UUID callId, Call call, CallableVersion version, Duration timeout) {
        return billing.hold(new HoldRequest(
                        callId,
                        call.caller().ownerId(),
                        call.caller().keyId(),
                        version.ownerId(),
                        version.versionId(),
                        version.path(),
                        version.version(),
                        version.worker().device(),
                        version.price(),
                        heldMillis(version, timeout),
                        call.caller().actsFor(version.ownerId()))
                .on(call.terms()));
    }

    /** Sets aside what a test of a draft may cost by what it calls; the draft itself costs nothing. */
    Hold trial(UUID callId, Caller publisher, CallableVersion draft) {
        return billing.hold(new HoldRequest(
                callId,
                publisher.ownerId(),
                null,
                draft.ownerId(),
                draft.versionId(),
                draft.path(),
                draft.version(),
                draft.worker().device(),
                free(draft.price()),
                0,
                true));
    }

    /** Carves from the root's hold what a call may cost that another makes. */
    Hold nested(Standing above, CallableVersion version, Duration timeout) {
        RootCall root = above.root();
        return billing.hold(new HoldRequest(
                        Ids.newCallId(clock),
                        root.caller.ownerId(),
                        root.caller.keyId(),
                        version.ownerId(),
                        version.versionId(),
                        version.path(),
                        version.version(),
                        version.worker().device(),
                        root.free ? free(version.price()) : version.price(),
                        heldMillis(version, timeout),
                        root.free || root.caller.actsFor(version.ownerId()),
                        new HoldRequest.Nesting(root.callId, above.callId()))
                .on(root.terms.nested()));
    }

    private static Price free(Price price) {
        return new Price(Credits.ZERO, Credits.ZERO, price.takeBps());
    }

    /**
     * Fixes what a nested call costs if its root succeeds.
     *
     * @throws io.algomat.platform.Problem payment-required, when its caller's limit does not pay for its units
     */
    void settle(Hold nested, WorkerOutcome.Succeeded outcome) {
        billing.settle(nested, usage(nested, outcome));
    }

    /** Compute time that a hold covers. */
    long heldMillis(CallableVersion version, Duration timeout) {
        if (version.pipeline() != null) {
            // The gateway runs it, and computes nothing that is billed.
            return 0;
        }
        long whole = Math.max(1, timeout.toMillis());
        return times.p99Millis(version.versionId()).stream()
                .mapToLong(p99 -> Math.max(1, (long) Math.ceil(SLACK * p99)))
                .map(held -> Math.min(whole, held))
                .findFirst()
                .orElse(whole);
    }

    /** @throws io.algomat.platform.Problem payment-required, when the caller's limit does not pay for its units */
    Charge capture(Hold hold, WorkerOutcome.Succeeded outcome) {
        return billing.capture(hold, usage(hold, outcome));
    }

    /** Of a draft, which costs nothing; what it called does. */
    Charge captureTrial(Hold hold) {
        return billing.capture(hold, 0);
    }

    private static Usage usage(Hold hold, WorkerOutcome.Succeeded outcome) {
        UnitPrice unit = hold.request().price().unit();
        Units units = unit == null ? Units.ZERO : outcome.metrics().getOrDefault(unit.metric(), Units.ZERO);
        return new Usage(outcome.timing().billedMillis(), units);
    }

    void release(Hold hold) {
        billing.release(hold);
    }
}
