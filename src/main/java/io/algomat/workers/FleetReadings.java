package io.algomat.workers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** How a {@link Fleet} stands: each answer is taken under its lock, and changes nothing. */
final class FleetReadings {
    private final Object lock;
    private final Map<String, Pool> pools;
    private final Scaling scaling;
    private final LongSupplier clock;

    FleetReadings(Object lock, Map<String, Pool> pools, Scaling scaling, LongSupplier clock) {
        this.lock = lock;
        this.pools = pools;
        this.scaling = scaling;
        this.clock = clock;
    }

    Workers.PoolState state(String name) {
        synchronized (lock) {
            Pool pool = pools.get(name);
            return pool == null ? Workers.PoolState.NONE : pool.state();
        }
    }

    /** All pools together. */
    Workers.PoolState state() {
        synchronized (lock) {
            return pools.values().stream().map(Pool::state).reduce(Workers.PoolState.NONE, Workers.PoolState::and);
        }
    }

    List<PoolView> views(Instant wall) {
        synchronized (lock) {
            long now = clock.getAsLong();
            return pools.values().stream()
                    .map(pool -> PoolView.of(pool, now, wall))
                    .toList();
        }
    }

    List<DeviceView> memory() {
        synchronized (lock) {
            return scaling.memory();
        }
    }

    /** How long the first of all calls that wait does so. */
    long oldestWaitNanos() {
        synchronized (lock) {
            long now = clock.getAsLong();
            return pools.values().stream()
                    .mapToLong(pool -> now - pool.queue.oldest(now))
                    .max()
                    .orElse(0);
        }
    }

    /** How many workers were told to stop and are not gone yet. */
    int leaving() {
        synchronized (lock) {
            return pools.values().stream()
                    .mapToInt(pool -> pool.count(Slot.State.STOPPING))
                    .sum();
        }
    }

    /** How many workers all pools want together. */
    int desired() {
        synchronized (lock) {
            return pools.values().stream().mapToInt(Pool::desired).sum();
        }
    }

    /** How many sandboxes wait for a worker. */
    int spares() {
        synchronized (lock) {
            return scaling.spares().ready();
        }
    }

    /** How long a refused call should wait before it is tried again. */
    Duration backOff(String name) {
        synchronized (lock) {
            Pool pool = pools.get(name);
            return Duration.ofNanos(pool == null ? 0 : pool.crashes.waitNanos(clock.getAsLong()));
        }
    }
}
