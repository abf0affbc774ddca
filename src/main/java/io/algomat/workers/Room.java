package io.algomat.workers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that all workers of one device may take together, from a start until the process is gone. Idle workers make room
 * for others: first those with the most bytes, the longest rest and the quickest return. A pool without any worker that
 * found no room stands in a line that no other overtakes; when it stood there for long, busy workers go too, each after
 * its call. Guarded by the fleet's lock.
 */
final class Room {
    /** So long the first in the line is left to idle workers. */
    private static final long PATIENCE_NANOS = 1_000_000_000L;
    /** So long a pool's only worker is spared while another pool has several. */
    private static final long LONG_PATIENCE_NANOS = 5_000_000_000L;

    /** @param victims the idle workers to stop first; empty when there is room, or when stopping would not help */
    record Answer(boolean granted, List<Slot> victims) {}

    private final Device device;
    private final Map<Pool, Long> line = new LinkedHashMap<>();
    private long used;
    /** Of that, what spare sandboxes hold that were told to go. */
    private long leaving;

    Room(Device device) {
        this.device = device;
    }

    /** The device's. */
    String name() {
        return device.name();
    }

    long limit() {
        return device.bytes();
    }

    long free() {
        return device.bytes() - used;
    }

    /** Whether a worker of this pool finds room now, and none who waits longer is passed over. */
    boolean fits(Pool pool) {
        Pool first = first();
        long kept = first == null || first == pool ? 0 : needs(first);
        return used + kept + needs(pool) <= limit();
    }

    private long needs(Pool pool) {
        return pool.bytes(device.name());
    }

    private long held(Slot slot) {
        return slot.bytes(device.name());
    }

    long used() {
        return used;
    }

    void take(long bytes) {
        used += bytes;
    }

    void give(long bytes) {
        used -= bytes;
    }

    /** So much of what is taken will be given soon. */
    void leaves(long bytes) {
        leaving += bytes;
    }

    void left(long bytes) {
        leaving -= bytes;
    }

    /** The pools that wait for room, the longest first. */
    List<Pool> waiting() {
        return List.copyOf(line.keySet());
    }

    /** The pool wants no worker any more, or has one. */
    void leave(Pool pool) {
        line.remove(pool);
    }

    /**
     * Whether a worker of this pool may start now, and else who must go for it.
     *
     * @param evict whether others may be stopped for it
     */
    Answer ask(Pool pool, Collection<Pool> pools, boolean evict, long now) {
        if (fits(pool)) {
            line.remove(pool);
            return new Answer(true, List.of());
        }
        if (evict && pool.none()) {
            line.putIfAbsent(pool, now);
        }
        Pool first = first();
        boolean mine = first == null || first == pool;
        List<Slot> victims = mine && evict ? victims(pool, pools, now) : List.of();
        return new Answer(false, victims);
    }

    private List<Slot> victims(Pool pool, Collection<Pool> pools, long now) {
        long missing = used - leaving(pools) + needs(pool) - limit();
        List<Slot> idle = new ArrayList<>();
        for (Pool other : pools) {
            for (Slot slot : other.slots) {
                if (slot.state == Slot.State.IDLE && held(slot) > 0) {
                    idle.add(slot);
                }
            }
        }
        idle.sort(Comparator.comparingDouble((Slot slot) -> worth(slot, now)));
        List<Slot> victims = new ArrayList<>();
        for (Slot slot : idle) {
            if (missing <= 0) {
                break;
            }
            missing -= held(slot);
            victims.add(slot);
        }
        // One who was chosen early is spared where the later ones are enough.
        for (Slot slot : List.copyOf(victims).reversed()) {
            if (missing + held(slot) <= 0) {
                missing += held(slot);
                victims.remove(slot);
            }
        }
        // Stopping all of them for nothing would only make the machine colder, unless busy ones go soon as well.
        return missing > 0 && !starves(pool, PATIENCE_NANOS, now) ? List.of() : victims;
    }

    /** How much an idle worker is worth keeping: it rested shortly, is small, and would take long to return. */
    private double worth(Slot slot, long now) {
        double rested = Math.max(1, now - slot.idleSinceNanos);
        return slot.pool.coldNanos() / (rested * held(slot));
    }

    /** Whether a worker that has just ended its call must go, for a pool that waits for room. */
    boolean claims(Slot freed, Collection<Pool> pools, long now) {
        Pool first = first();
        if (first == null
                || held(freed) == 0
                || first == freed.pool
                || !starves(first, PATIENCE_NANOS, now)
                || used - leaving(pools) + needs(first) <= limit()) {
            return false;
        }
        return freed.pool.live() > 1
                || starves(first, LONG_PATIENCE_NANOS, now)
                || pools.stream().noneMatch(pool -> pool.live() > 1);
    }

    private @Nullable Pool first() {
        return line.isEmpty() ? null : line.keySet().iterator().next();
    }

    private boolean starves(Pool pool, long patience, long now) {
        Long since = line.get(pool);
        return since != null && now - since >= patience;
    }

    /** What stopping workers and spare sandboxes still hold. */
    private long leaving(Collection<Pool> pools) {
        long sum = leaving;
        for (Pool pool : pools) {
            for (Slot slot : pool.slots) {
                if (slot.state == Slot.State.STOPPING) {
                    sum += held(slot);
                }
            }
        }
        return sum;
    }
}
