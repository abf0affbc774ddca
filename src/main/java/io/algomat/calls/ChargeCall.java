package io.algomat.calls;

import io.algomat.billing.Billing;
import io.algomat.billing.Charge;
import io.algomat.billing.Hold;
import io.algomat.billing.HoldRequest;
import io.algomat.catalog.CallableVersion;
import io.algomat.platform.Ids;
import io.algomat.workers.Timing;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

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

    /** Gives the call its id and sets aside what it may cost at most. */
    Hold hold(Call call, CallableVersion version, Duration timeout) {
        return billing.hold(new HoldRequest(
                Ids.newCallId(clock),
                call.caller().ownerId(),
                call.caller().keyId(),
                version.ownerId(),
                version.versionId(),
                version.path(),
                version.version(),
                version.worker().device(),
                version.price(),
                heldMillis(version, timeout),
                call.caller().actsFor(version.ownerId())));
    }

    private long heldMillis(CallableVersion version, Duration timeout) {
        long whole = Math.max(1, timeout.toMillis());
        return times.p99Millis(version.versionId()).stream()
                .mapToLong(p99 -> Math.max(1, (long) Math.ceil(SLACK * p99)))
                .map(held -> Math.min(whole, held))
                .findFirst()
                .orElse(whole);
    }

    Charge capture(Hold hold, Timing timing) {
        return billing.capture(hold, timing.billedMillis());
    }

    void release(Hold hold) {
        billing.release(hold);
    }
}
