package io.algomat.billing;

import io.algomat.billing.HoldRequest.Nesting;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one root call holds, for itself and for the calls below it. A nested hold takes what the root's own part can spare:
 * what is held, less the nested holds and costs, less what the root has earned by now. Only the rest comes from the purse.
 */
final class Tab {
    /** A nested call; its cost is null until it has succeeded. */
    private record Entry(
            Hold hold, Nesting nesting, @Nullable Cost cost) {
        Credits reserved() {
            return cost == null ? hold.amount() : cost.total();
        }
    }

    private final Hold root;
    private final Purse purse;
    private final LimitHold limits;
    private final LongSupplier nanoClock;
    private final long sinceNanos;
    private final Map<UUID, Entry> nested = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private Credits held;
    private boolean ended;

    /** @param root its amount was taken from the purse and the limits already */
    Tab(Hold root, Purse purse, LimitHold limits, LongSupplier nanoClock) {
        this.root = root;
        this.purse = purse;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.sinceNanos = nanoClock.getAsLong();
        this.held = root.amount();
    }

    /** When the root call was let in, by the clock that it was made with. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** What pays for all of it: of the epoch that the root was held in. */
    Purse purse() {
        return purse;
    }

    /** @throws Problem payment-required, or conflict when the root call has ended */
    Hold carve(HoldRequest request, Nesting nesting) {
        lock.lock();
        try {
            boolean below = nesting.parentCallId().equals(root.request().callId())
                    || nested.containsKey(nesting.parentCallId());
            if (ended || !below) {
                throw Problem.of(ErrorCode.CONFLICT, "The call that this one was made inside of has ended");
            }
            if (nested.containsKey(request.callId())) {
                throw new IllegalStateException(Ids.callText(request.callId()) + " has a hold already");
            }
            Hold hold = within(root.request().terms().maxCost(), request);
            Credits missing = hold.amount().minus(spare());
            if (missing.compareTo(Credits.ZERO) > 0) {
                if (!purse.hold(missing)) {
                    throw Shortage.of(hold.amount(), purse.available().plus(spare()));
                }
                withinLimits(missing);
                held = held.plus(missing);
            }
            nested.put(request.callId(), new Entry(hold, nesting, null));
            return hold;
        } finally {
            lock.unlock();
        }
    }

    private void withinLimits(Credits more) {
        try {
            limits.more(more);
        } catch (RuntimeException refused) {
            purse.release(more);
            throw refused;
        }
    }

    /** What it holds of its caller's limits. */
    LimitHold limits() {
        return limits;
    }

    /** A hold for as much time as the root caller's limit still pays, when there is one. */
    private Hold within(@Nullable Credits most, HoldRequest request) {
        Hold hold = Hold.of(request, null);
        if (most == null) {
            return hold;
        }
        Credits room = most.minus(held).plus(spare());
        if (hold.amount().compareTo(room) <= 0) {
            return hold;
        }
        Credits rate = request.price().ratePerMs();
        Credits least = Cost.of(request, 0).total().plus(rate);
        if (least.compareTo(room) > 0 || rate.isZero() && request.price().unit() == null) {
            throw Shortage.ofMaxCost(most.minus(room).plus(least), most);
        }
        Usage time = Usage.of(request.maxMillis());
        return Hold.of(request.covering(Cost.within(request, time, room).billedMillis()), room);
    }

    /**
     * What a call ended with that is no longer on the tab, since a call above it failed, does not matter.
     *
     * @throws Problem payment-required, when its hold was cut and does not cover what it used
     */
    void settle(Hold hold, Usage usage) {
        lock.lock();
        try {
            nested.computeIfPresent(
                    hold.request().callId(),
                    (_, entry) -> new Entry(hold, entry.nesting(), cost(hold, usage, hold.amount())));
        } finally {
            lock.unlock();
        }
    }

    /** Takes a call off the tab with all that it called, at any depth. */
    void strike(UUID callId) {
        lock.lock();
        try {
            nested.remove(callId);
            List<UUID> below = nested.entrySet().stream()
                    .filter(entry -> entry.getValue().nesting().parentCallId().equals(callId))
                    .map(Map.Entry::getKey)
                    .toList();
            below.forEach(this::strike);
        } finally {
            lock.unlock();
        }
    }

    private static Cost cost(Hold hold, Usage usage, Credits left) {
        Cost whole = Cost.of(hold.request(), usage);
        if (hold.isCut() && whole.total().compareTo(left) > 0) {
            throw Shortage.ofUnits(whole, left);
        }
        return Cost.within(hold.request(), usage, left);
    }

    /**
     * Ends the tab: the root's charge first, then those below it, each after its parent's. Unsettled ones are free.
     *
     * @throws Problem payment-required, when the root's hold was cut and does not cover what it used
     */
    List<Due> dues(Usage usage) {
        lock.lock();
        try {
            ended = true;
            openOnes().forEach(this::strike);
            Credits left = held.minus(reserved());
            List<Due> dues = new ArrayList<>();
            dues.add(new Due(root.request(), held, cost(root, usage, left), purse.claim()));
            for (Entry entry : nested.values()) {
                Cost cost = entry.cost();
                if (cost != null) {
                    dues.add(new Due(entry.hold().request(), entry.hold().amount(), cost, purse.claim()));
                }
            }
            return dues;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the tab, and says what goes back to the purse. */
    Credits end() {
        lock.lock();
        try {
            ended = true;
            return held;
        } finally {
            lock.unlock();
        }
    }

    private List<UUID> openOnes() {
        return nested.entrySet().stream()
                .filter(entry -> entry.getValue().cost() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Credits spare() {
        long elapsedMillis = Math.ceilDiv(nanoClock.getAsLong() - sinceNanos, 1_000_000);
        Usage own = Cost.mostUnits(root.request(), elapsedMillis);
        return held.minus(reserved()).minus(Cost.of(root.request(), own).total());
    }

    private Credits reserved() {
        return nested.values().stream().map(Entry::reserved).reduce(Credits.ZERO, Credits::plus);
    }
}
