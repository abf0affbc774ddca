package io.algomat.workers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The bytes that all workers together may take, from a start until the process is gone. Guarded by the fleet's lock. */
final class Room {
    private final long limit;
    private long used;

    Room(long limit) {
        this.limit = limit;
    }

    void take(long bytes) {
        used += bytes;
    }

    void give(long bytes) {
        used -= bytes;
    }

    /** Evicts the longest idle workers of any pool. False while their bytes, or those of busy ones, are still in use. */
    boolean make(long wanted, Collection<Pool> pools, FleetCounts counts) {
        long leaving = 0;
        List<Slot> idle = new ArrayList<>();
        for (Pool pool : pools) {
            for (Slot slot : pool.slots) {
                if (slot.state == Slot.State.STOPPING) {
                    leaving += slot.bytes;
                } else if (slot.state == Slot.State.IDLE) {
                    idle.add(slot);
                }
            }
        }
        idle.sort((one, other) -> Long.compare(one.idleSinceNanos, other.idleSinceNanos));
        for (Slot slot : idle) {
            if (used - leaving + wanted <= limit) {
                break;
            }
            leaving += slot.bytes;
            slot.pool.stop(slot);
            counts.evicted();
        }
        return used + wanted <= limit;
    }
}
