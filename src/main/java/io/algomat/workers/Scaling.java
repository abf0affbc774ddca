package io.algomat.workers;

import static io.algomat.workers.PoolDecision.Kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Starts the workers that pools want and stops those that they do not, within the devices' room. Guarded by the fleet's lock. */
final class Scaling {
    private final Collection<Pool> pools;
    private final FleetLimits limits;
    private final FleetCounts counts;
    private final Fleet fleet;
    private final WorkerStarter starter;
    private final Rooms rooms;
    private final Spares spares;
    private long decidedNanos;

    Scaling(
            Fleet fleet,
            Collection<Pool> pools,
            FleetLimits limits,
            FleetCounts counts,
            WorkerStarter starter,
            SpareStarter sandboxes) {
        this.fleet = fleet;
        this.pools = pools;
        this.limits = limits;
        this.counts = counts;
        this.starter = starter;
        this.rooms = new Rooms(limits);
        this.spares = new Spares(limits.spares(), rooms.machine(), sandboxes, one -> new SpareEvents(fleet, one));
    }

    /** What the workers of each device hold of what they may. */
    List<DeviceView> memory() {
        return rooms.views();
    }

    /** Looks at every pool; those that wait for room have the first word. */
    void all(long now) {
        LinkedHashSet<Pool> order = new LinkedHashSet<>();
        rooms.waiting().forEach(order::add);
        order.addAll(pools);
        order.forEach(pool -> wanted(pool, now));
    }

    /** Starts what the calls that wait want. */
    void wanted(Pool pool, long now) {
        if (pool.queue.isEmpty()) {
            rooms.leave(pool);
            return;
        }
        int want = want(pool, now);
        for (int i = 0; i < want && pool.crashes.mayStart(now); i++) {
            makePlace(pool, now);
            if (full(pool) || !start(pool, Kind.STARTED, reason(pool, now), true, now)) {
                return;
            }
        }
    }

    private int want(Pool pool, long now) {
        int starting = pool.count(Slot.State.STARTING);
        int queued = pool.queue.size();
        int most = limits.most(pool.spec);
        if (pool.spec.reuse() == Reuse.PER_CALL) {
            return queued - starting;
        }
        int lacking = pool.callersWithout() - starting;
        if (pool.live() + starting >= most) {
            return lacking;
        }
        long each = pool.nanosPerCall();
        int stale = pool.queue.waitingSince(now - Autoscaler.staleNanos(each));
        int more = Autoscaler.toStart(new Autoscaler.View(queued, stale, pool.live(), starting, each, most));
        return Math.max(lacking, more);
    }

    /** A caller without a worker takes the place of another's that rests. */
    private void makePlace(Pool pool, long now) {
        Slot rests = pool.longestIdle();
        if (full(pool) && pool.bound() && rests != null) {
            evict(rests, "another caller waits, and the pool may have no more workers", now);
        }
    }

    private boolean full(Pool pool) {
        return pool.live() + pool.count(Slot.State.STARTING) >= limits.most(pool.spec);
    }

    /** Starts a worker before it is asked for, where that costs no other. */
    void warm(Pool pool, String why, long now) {
        if (pool.none() && pool.crashes.mayStart(now)) {
            start(pool, Kind.WARMED, why, false, now);
        }
    }

    private boolean start(Pool pool, Kind kind, String why, boolean evict, long now) {
        List<Room> wanted = rooms.placement(pool);
        boolean granted = !wanted.isEmpty();
        for (Room room : wanted) {
            granted &= granted(room, pool, evict, now);
        }
        if (!granted) {
            return false;
        }
        rooms.leave(pool);
        Slot slot = new Slot(pool, wanted.getFirst().name(), now);
        pool.slots.add(slot);
        rooms.take(slot);
        pool.crashes.starting();
        Spare spare = spares.take(pool.spec, now);
        pool.decisions.note(kind, spare == null ? why : why + "; a sandbox was ready", now);
        WorkerSpec placed = pool.spec.on(slot.device);
        if (spare == null) {
            starter.start(placed, new SlotEvents(fleet, slot));
        } else {
            counts.spareUsed();
            spare.become(placed, new SlotEvents(fleet, slot));
        }
        return true;
    }

    private boolean granted(Room room, Pool pool, boolean evict, long now) {
        if (evict && !room.fits(pool) && room == rooms.machine()) {
            spares.endAll();
        }
        Room.Answer answer = room.ask(pool, pools, evict, now);
        for (Slot victim : answer.victims()) {
            evict(victim, "room for " + pool.spec.pool(), now);
        }
        if (!answer.granted() && evict) {
            pool.decisions.note(
                    Kind.WAITED_FOR_ROOM,
                    (pool.bytes(room.name()) >> 20) + " MB wanted, " + (room.used() >> 20) + " of "
                            + (room.limit() >> 20) + " MB of " + room.name() + " taken",
                    now);
        }
        return answer.granted();
    }

    private static String reason(Pool pool, long now) {
        int queued = pool.queue.size();
        long millis = (now - pool.queue.oldest(now)) / 1_000_000;
        return queued + (queued == 1 ? " call waits" : " calls wait") + ", the oldest for " + millis + " ms; "
                + pool.live() + " at work";
    }

    private void evict(Slot slot, String why, long now) {
        slot.pool.decisions.note(Kind.EVICTED, why, now);
        slot.pool.stop(slot);
    }

    /** Whether a worker that has just ended its call must end too; its pool then notes why. */
    boolean ends(Slot slot, long now) {
        Pool pool = slot.pool;
        if (slot.retired || pool.spec.reuse() == Reuse.PER_CALL) {
            pool.decisions.note(Kind.ENDED, slot.retired ? "not wanted any more" : "one call for each worker", now);
            return true;
        }
        if (rooms.claims(slot, pools, now)) {
            evict(slot, "a pool without a worker has waited long for room", now);
            return true;
        }
        if (yields(slot, now)) {
            evict(slot, "another caller has waited longer than a start takes", now);
            return true;
        }
        return false;
    }

    /** A caller with a worker and an endless queue must not keep one without from ever having one. */
    private boolean yields(Slot slot, long now) {
        Pool pool = slot.pool;
        if (!pool.bound() || !full(pool) || pool.count(Slot.State.STARTING) > 0 || pool.callersWithout() == 0) {
            return false;
        }
        Ticket head = pool.queue.peek(now);
        return head != null
                && !slot.serves(head.call.callerId())
                && now - head.sinceNanos > Math.max(Autoscaler.staleNanos(0), pool.coldNanos());
    }

    /** What a worker takes beyond what was expected of it. */
    void measured(Slot slot) {
        rooms.give(slot);
        slot.bytes = Math.max(slot.bytes, slot.pool.bytes());
        slot.gpuBytes = Math.max(slot.gpuBytes, slot.pool.gpuBytes());
        rooms.take(slot);
    }

    /** A worker's process is gone, and its bytes with it. */
    void gone(Slot slot) {
        rooms.give(slot);
    }

    /** The regular look: stops what rests for too long or is too much, warms what is due, lets workers look at themselves. */
    void sweep(long now) {
        boolean decide = now - decidedNanos >= Autoscaler.PERIOD_NANOS;
        if (decide) {
            decidedNanos = now;
        }
        for (Pool pool : List.copyOf(pools)) {
            long keep = pool.warmth.keepNanos();
            for (Slot slot : List.copyOf(pool.slots)) {
                if (slot.state == Slot.State.IDLE && now - slot.idleSinceNanos >= keep && !pool.warmth.due(now)) {
                    pool.decisions.note(Kind.RESTED_OUT, "no call for " + keep / 1_000_000_000L + " s", now);
                    pool.stop(slot);
                } else if (slot.live()) {
                    slot.worker().sweep(now);
                }
            }
            sample(pool, now);
            if (decide && pool.spec.reuse() == Reuse.SHARED) {
                decide(pool, now);
            }
            if (pool.warmth.due(now)) {
                warm(pool, "a call is due by its usual pause", now);
            }
        }
        all(now);
        spares.sweep(now);
    }

    Spares spares() {
        return spares;
    }

    private static void sample(Pool pool, long now) {
        int waiting = Math.ceilDiv(pool.queue.size(), pool.former.most(pool.largestBatch()));
        pool.scaling.sample(pool.count(Slot.State.BUSY) + waiting, now);
    }

    private void decide(Pool pool, long now) {
        int live = pool.live();
        int desired = Math.min(limits.most(pool.spec), pool.scaling.desired(live, now));
        pool.desired(desired);
        // What waits for the first worker, or for one on its way, says nothing of how many are enough.
        boolean lacks = live > 0 && pool.count(Slot.State.STARTING) == 0 && !pool.queue.isEmpty();
        for (int i = live; i < desired && lacks && pool.crashes.mayStart(now); i++) {
            if (!start(pool, Kind.STARTED, "the load of late wants " + desired + " workers", true, now)) {
                return;
            }
        }
        // The last one stays for as long as the pool is kept warm.
        List<Slot> idle = new ArrayList<>(pool.slots.stream()
                .filter(slot -> slot.state == Slot.State.IDLE)
                .toList());
        idle.sort((one, other) -> Long.compare(one.idleSinceNanos, other.idleSinceNanos));
        int surplus = live - Math.max(1, desired);
        for (int i = 0; i < Math.min(surplus, idle.size()) && pool.queue.isEmpty(); i++) {
            pool.decisions.note(Kind.SCALED_IN, "the load of late wants " + desired + " workers", now);
            pool.stop(idle.get(i));
        }
    }
}
