package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All pools of this gateway: who waits, who works, who is started and who must go. A state machine behind one lock, its own
 * monitor; it starts processes and reads the clock only through what it is given. {@link Pool}, {@link Slot} and
 * {@link Room} are its parts and are touched under that lock alone. Nothing blocks under it.
 */
final class Fleet {
    /**
     * @param perPool the most workers of one pool
     * @param bytes what all workers together may take
     * @param queue the most calls that wait in one pool
     * @param idleNanos after so long without a call a worker is stopped
     */
    record Limits(int perPool, long bytes, int queue, long idleNanos) {}

    /** A busy pool gets another worker once its oldest call has waited so long. */
    private static final long STALE_NANOS = 100_000_000L;

    private final Map<String, Pool> pools = new HashMap<>();
    private final FleetCounts counts = new FleetCounts();
    private final Limits limits;
    private final Room room;
    private final LongSupplier clock;
    private final WorkerStarter starter;
    private boolean closed;

    Fleet(Limits limits, LongSupplier clock, WorkerStarter starter) {
        this.limits = limits;
        this.room = new Room(limits.bytes());
        this.clock = clock;
        this.starter = starter;
    }

    /** What a call is told that a stopping gateway cannot run any more; another gateway, or the next start, can. */
    static Problem stopping() {
        return Problem.of(ErrorCode.OVERLOADED, "The gateway is stopping").retryAfter(Duration.ofSeconds(5));
    }

    FleetCounts counts() {
        return counts;
    }

    /**
     * Asks for a worker. The ticket is decided already when one is idle.
     *
     * @param first whether to stand before all others, as a call does whose worker died
     */
    synchronized Ticket enqueue(WorkerSpec spec, boolean first) {
        long now = clock.getAsLong();
        Ticket ticket = new Ticket(now);
        if (closed) {
            ticket.end.complete(new Ticket.End.Stopping());
            return ticket;
        }
        Pool pool = pools.computeIfAbsent(spec.pool(), key -> new Pool(spec));
        StartFailed refusal = pool.live() == 0 ? pool.refusal(now) : null;
        if (pool.takeIdle(ticket, now)) {
            return ticket;
        }
        if (refusal != null) {
            ticket.end.complete(new Ticket.End.Refused(refusal));
            return ticket;
        }
        admit(pool);
        pool.join(ticket, first);
        scale(pool, now);
        return ticket;
    }

    /** Forgets a ticket that was decided by its deadline or its caller. */
    synchronized void leave(WorkerSpec spec, Ticket ticket) {
        Pool pool = pools.get(spec.pool());
        if (pool != null) {
            pool.queue.remove(ticket);
        }
    }

    /** Gives a worker back after its call: to the next in the queue, or to rest. */
    synchronized void release(Slot slot) {
        if (slot.state == Slot.State.BUSY) {
            slot.pool.served();
            slot.pool.offer(slot, clock.getAsLong(), false);
        }
    }

    /** Takes a worker out that served its call but can serve no other. */
    synchronized void discard(Slot slot) {
        slot.pool.served();
        slot.pool.stop(slot);
    }

    /** Stops a pool's workers, each after the call that it has in hand. */
    synchronized void drain(String name) {
        Pool pool = pools.get(name);
        if (pool != null) {
            pool.retire();
        }
    }

    /** The regular look at everything: stops what is idle or hangs, starts what is wanted. */
    synchronized void tick() {
        long now = clock.getAsLong();
        for (Pool pool : List.copyOf(pools.values())) {
            pool.sweep(now, limits.idleNanos());
            scale(pool, now);
            if (pool.slots.isEmpty() && pool.queue.isEmpty() && !pool.backsOff(now)) {
                pools.remove(pool.spec.pool());
            }
        }
    }

    synchronized Workers.PoolState state(String name) {
        Pool pool = pools.get(name);
        return pool == null ? Workers.PoolState.NONE : pool.state();
    }

    /** All pools together. */
    synchronized Workers.PoolState state() {
        return pools.values().stream().map(Pool::state).reduce(Workers.PoolState.NONE, Workers.PoolState::and);
    }

    /** How long a refused call should wait before it is tried again. */
    synchronized Duration backOff(String name) {
        Pool pool = pools.get(name);
        return Duration.ofNanos(pool == null ? 0 : pool.backOffNanos(clock.getAsLong()));
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Stops every worker, one that is still starting as soon as it is ready; whoever waits is told. */
    synchronized void close() {
        closed = true;
        for (Pool pool : pools.values()) {
            pool.endAll(new Ticket.End.Stopping());
            List.copyOf(pool.slots).forEach(pool::stop);
        }
    }

    synchronized void ready(Slot slot, Worker worker) {
        slot.worker = worker;
        long now = clock.getAsLong();
        counts.ready(now - slot.startedNanos);
        slot.pool.offer(slot, now, true);
    }

    /** A worker's place is empty, and its room may be another's. */
    synchronized void gone(Slot slot, @Nullable StartFailed failure) {
        long now = clock.getAsLong();
        if (failure != null || slot.state != Slot.State.STOPPING) {
            counts.lost();
        }
        if (slot.pool.remove(slot)) {
            room.give(slot.bytes);
        }
        if (failure != null) {
            slot.pool.crashed(failure, now);
            if (slot.pool.live() == 0) {
                slot.pool.endAll(new Ticket.End.Refused(failure));
            }
        }
        pools.values().forEach(pool -> scale(pool, now));
    }

    private void admit(Pool pool) {
        if (pool.bytes() > limits.bytes()) {
            throw Problem.of(
                    ErrorCode.OVERLOADED,
                    "This algorithm needs " + (pool.bytes() >> 20) + " MB, and this machine gives all workers together "
                            + (limits.bytes() >> 20) + " MB");
        }
        if (pool.queue.size() >= limits.queue()) {
            throw Problem.of(
                            ErrorCode.OVERLOADED,
                            limits.queue() + " calls wait for this algorithm already; no more are held")
                    .retryAfter(Duration.ofSeconds(1));
        }
    }

    /** Starts a worker if calls wait and none is on its way: one at a time, since a start costs a processor too. */
    private void scale(Pool pool, long now) {
        Ticket oldest = pool.queue.peekFirst();
        if (oldest == null
                || closed
                || pool.count(Slot.State.STARTING) > 0
                || pool.live() >= limits.perPool()
                || pool.live() > 0 && now - oldest.sinceNanos < STALE_NANOS
                || pool.backsOff(now)
                || !room.make(pool.bytes(), pools.values(), counts)) {
            return;
        }
        Slot slot = new Slot(pool, pool.bytes(), now);
        pool.slots.add(slot);
        room.take(slot.bytes);
        counts.started();
        starter.start(pool.spec, new SlotEvents(this, slot));
    }
}
