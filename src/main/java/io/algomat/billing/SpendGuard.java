package io.algomat.billing;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds calls to the limits of their caller's account and key. A change made by another gateway is seen within a second;
 * in that second the ledger alone keeps to it.
 */
@ApplicationScoped
class SpendGuard {
    private static final Logger LOG = Logger.getLogger(SpendGuard.class);
    private static final long TRUSTED_NANOS = Duration.ofSeconds(1).toNanos();

    /** @param renewing set by the one call that reads them again; the others go on with these meanwhile */
    private record Known(List<LimitMeter> meters, long atNanos, AtomicBoolean renewing) {}

    private final SpendLimits limits;
    private final Clock clock;
    private final Watch watch;
    private final Map<Long, Known> byOwner = new ConcurrentHashMap<>();
    private final Map<Long, LimitMeter> byLimit = new ConcurrentHashMap<>();

    @Inject
    SpendGuard(SpendLimits limits, Clock clock) {
        this(limits, clock, Watch.SYSTEM);
    }

    SpendGuard(SpendLimits limits, Clock clock, Watch watch) {
        this.limits = limits;
        this.clock = clock;
        this.watch = watch;
    }

    /**
     * Sets aside what a root call may use of its caller's limits.
     *
     * @throws io.algomat.platform.Problem spend-limit or call-limit, naming the limit
     */
    LimitHold hold(HoldRequest request, Credits amount) {
        List<LimitMeter> meters = meters(request.callerId(), request.keyId());
        return meters.isEmpty() ? LimitHold.NONE : LimitHold.of(meters, amount);
    }

    private List<LimitMeter> meters(long owner, @Nullable Long key) {
        List<LimitMeter> all = known(owner).meters();
        if (all.isEmpty()) {
            return all;
        }
        List<LimitMeter> mine = new ArrayList<>();
        for (LimitMeter meter : all) {
            if (meter.limit().covers(key)) {
                mine.add(meter);
            }
        }
        return mine;
    }

    private Known known(long owner) {
        Known known = byOwner.get(owner);
        if (known != null && watch.nanos() - known.atNanos() < TRUSTED_NANOS) {
            return known;
        }
        if (known != null && !known.renewing().compareAndSet(false, true)) {
            return known;
        }
        try {
            return load(owner);
        } catch (RuntimeException away) {
            if (known == null) {
                throw away;
            }
            known.renewing().set(false);
            LOG.warnf("The limits of an account could not be read again: %s", away.getMessage());
            return known;
        }
    }

    private Known load(long owner) {
        long now = watch.nanos();
        List<LimitMeter> meters = new ArrayList<>();
        for (SpendLimit limit : limits.of(owner)) {
            LimitMeter meter = byLimit.computeIfAbsent(
                    limit.id(), id -> new LimitMeter(limit, start -> limits.used(id, start), clock));
            meter.now(limit);
            meters.add(meter);
        }
        Known fresh = new Known(List.copyOf(meters), now, new AtomicBoolean());
        byOwner.put(owner, fresh);
        return fresh;
    }

    /** What was changed here counts at once. */
    void forget(long owner) {
        byOwner.remove(owner);
    }
}
