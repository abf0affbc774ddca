package io.algomat.billing;

import io.algomat.platform.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What one root call holds of its caller's limits. Ends in one charge or one release. */
final class LimitHold {
    static final LimitHold NONE = new LimitHold(List.of(), Credits.ZERO);

    /** In the order of the limits' ids. */
    private final List<LimitMeter> meters;

    private Credits amount;

    private LimitHold(List<LimitMeter> meters, Credits amount) {
        this.meters = meters;
        this.amount = amount;
    }

    static LimitHold of(List<LimitMeter> meters, Credits amount) {
        take(meters, amount, 1);
        return new LimitHold(meters, amount);
    }

    /** All of them or none. */
    private static void take(List<LimitMeter> meters, Credits amount, long calls) {
        List<LimitMeter> taken = new ArrayList<>();
        try {
            for (LimitMeter meter : meters) {
                meter.hold(amount, calls);
                taken.add(meter);
            }
        } catch (RuntimeException refused) {
            taken.forEach(meter -> meter.release(amount, calls));
            throw refused;
        }
    }

    boolean limited() {
        return !meters.isEmpty();
    }

    /** More credit for the calls inside of it. */
    synchronized void more(Credits extra) {
        take(meters, extra, 0);
        amount = amount.plus(extra);
    }

    synchronized void release() {
        meters.forEach(meter -> meter.release(amount, 1));
    }

    Charge charge(Supplier<Charge> commit) {
        meters.forEach(LimitMeter::charging);
        Credits held = held();
        Charge charge;
        try {
            charge = commit.get();
        } catch (RuntimeException e) {
            meters.forEach(meter -> meter.failed(held));
            throw e;
        }
        meters.forEach(meter -> meter.settled(held, charge.whole()));
        return charge;
    }

    private synchronized Credits held() {
        return amount;
    }
}
