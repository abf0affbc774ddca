package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All pools of this gateway: who waits, who works, who is started and who must go. A state machine behind one lock; it
 * starts processes and reads the clock only through what it is given. Idle workers take the oldest waiting call
 * themselves, so no call is ever bound to a worker that is not free.
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
    /** Even an identity worker is a JVM. */
    private static final long LEAST_BYTES = 64L << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Pool> pools = new HashMap<>();
    private final Limits limits;
    private final LongSupplier clock;
    private final WorkerStarter starter;
    private long bytesInUse;
    private boolean closed;

    Fleet(Limits limits, LongSupplier clock, WorkerStarter starter) {
        this.limits = limits;
        this.clock = clock;
        this.starter = starter;
    }

    /**
     * Asks for a worker. The ticket is decided already when one is idle.
     *
     * @param first whether to stand before all others, as a call does whose worker died
     */
    Ticket enqueue(WorkerSpec spec, boolean first) {
        long now = clock.getAsLong();
        Ticket ticket = new Ticket(now);
        lock.lock();
        try {
            Pool pool = pools.computeIfAbsent(spec.pool(), key -> new Pool(spec));
            StartFailed refusal = pool.live() == 0 ? pool.refusal(now) : null;
            Slot idle = pool.idle.pollFirst();
            if (idle != null) {
                grant(ticket, idle, now, false);
            } else if (refusal != null) {
                ticket.end.complete(new Ticket.End.Refused(refusal));
            } else {
                admit(pool);
                if (first) {
                    pool.queue.addFirst(ticket);
                } else {
                    pool.queue.addLast(ticket);
                }
                scale(pool, now);
            }
        } finally {
            lock.unlock();
        }
        return ticket;
    }

    /** Forgets a ticket that was decided by its deadline or its caller. */
    void leave(WorkerSpec spec, Ticket ticket) {
        lock.lock();
        try {
            Pool pool = pools.get(spec.pool());
            if (pool != null) {
                pool.queue.remove(ticket);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives a worker back after its call: to the next in the queue, or to rest. */
    void release(Slot slot) {
        lock.lock();
        try {
            if (slot.state == Slot.State.BUSY) {
                slot.pool.served();
                offer(slot, clock.getAsLong(), false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops a pool's workers, each after the call that it has in hand. */
    void drain(String name) {
        lock.lock();
        try {
            Pool pool = pools.get(name);
            if (pool == null) {
                return;
            }
            for (Slot slot : pool.slots) {
                slot.retired = true;
            }
            List.copyOf(pool.idle).forEach(this::stop);
        } finally {
            lock.unlock();
        }
    }

    /** The regular look at everything: stops what is idle or hangs, starts what is wanted. */
    void tick() {
        long now = clock.getAsLong();
        lock.lock();
        try {
            for (Pool pool : List.copyOf(pools.values())) {
                for (Slot slot : List.copyOf(pool.slots)) {
                    if (slot.state == Slot.State.IDLE && now - slot.idleSinceNanos >= limits.idleNanos()) {
                        stop(slot);
                    } else if (slot.state == Slot.State.BUSY || slot.state == Slot.State.IDLE) {
                        slot.worker().sweep(now);
                    }
                }
                scale(pool, now);
                if (pool.slots.isEmpty() && pool.queue.isEmpty() && !pool.backsOff(now)) {
                    pools.remove(pool.spec.pool());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    Workers.PoolState state(String name) {
        lock.lock();
        try {
            Pool pool = pools.get(name);
            return pool == null ? Workers.PoolState.NONE : pool.state();
        } finally {
            lock.unlock();
        }
    }

    /** How long a refused call should wait before it is tried again. */
    Duration backOff(String name) {
        lock.lock();
        try {
            Pool pool = pools.get(name);
            return Duration.ofNanos(pool == null ? 0 : pool.backOffNanos(clock.getAsLong()));
        } finally {
            lock.unlock();
        }
    }

    /** Stops every worker; whoever waits is refused. */
    void close() {
        lock.lock();
        try {
            closed = true;
            StartFailed ending = StartFailed.process("the gateway is stopping");
            for (Pool pool : pools.values()) {
                refuseAll(pool, ending);
                List.copyOf(pool.slots).forEach(this::stop);
            }
        } finally {
            lock.unlock();
        }
    }

    private void admit(Pool pool) {
        if (closed) {
            throw Problem.of(ErrorCode.OVERLOADED, "The gateway is stopping").retryAfter(Duration.ofSeconds(5));
        }
        if (bytesOf(pool) > limits.bytes()) {
            throw Problem.of(
                    ErrorCode.OVERLOADED,
                    "This algorithm needs " + (bytesOf(pool) >> 20)
                            + " MB, and this machine gives all workers together " + (limits.bytes() >> 20) + " MB");
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
                || !makeRoom(bytesOf(pool))) {
            return;
        }
        Slot slot = new Slot(pool, bytesOf(pool), now);
        pool.slots.add(slot);
        bytesInUse += slot.bytes;
        starter.start(pool.spec, new SlotEvents(slot));
    }

    /** Evicts the longest idle workers of any pool. False while their bytes, or those of busy ones, are still in use. */
    private boolean makeRoom(long wanted) {
        long leaving = 0;
        List<Slot> idle = new ArrayList<>();
        for (Pool pool : pools.values()) {
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
            if (bytesInUse - leaving + wanted <= limits.bytes()) {
                break;
            }
            leaving += slot.bytes;
            stop(slot);
        }
        return bytesInUse + wanted <= limits.bytes();
    }

    private void offer(Slot slot, long now, boolean fresh) {
        if (slot.retired || closed) {
            stop(slot);
            return;
        }
        for (Ticket next = slot.pool.queue.pollFirst(); next != null; next = slot.pool.queue.pollFirst()) {
            if (grant(next, slot, now, fresh)) {
                return;
            }
        }
        slot.state = Slot.State.IDLE;
        slot.idleSinceNanos = now;
        slot.pool.idle.addFirst(slot);
    }

    private boolean grant(Ticket ticket, Slot slot, long now, boolean fresh) {
        long cold = fresh ? now - Math.max(ticket.sinceNanos, slot.startedNanos) : 0;
        slot.state = Slot.State.BUSY;
        return ticket.end.complete(new Ticket.End.Granted(slot, now - ticket.sinceNanos - cold, cold));
    }

    private void stop(Slot slot) {
        slot.pool.idle.remove(slot);
        slot.retired = true;
        Worker worker = slot.worker;
        if (worker != null) {
            slot.state = Slot.State.STOPPING;
            worker.stop();
        }
    }

    private static void refuseAll(Pool pool, StartFailed failure) {
        for (Ticket next = pool.queue.pollFirst(); next != null; next = pool.queue.pollFirst()) {
            next.end.complete(new Ticket.End.Refused(failure));
        }
    }

    private static long bytesOf(Pool pool) {
        return Math.max(LEAST_BYTES, pool.spec.memoryBytes());
    }

    private final class SlotEvents implements WorkerStarter.Events {
        private final Slot slot;

        SlotEvents(Slot slot) {
            this.slot = slot;
        }

        @Override
        public void ready(Worker worker) {
            locked(null, () -> {
                slot.worker = worker;
                offer(slot, clock.getAsLong(), true);
            });
        }

        @Override
        public void failed(StartFailed failure) {
            locked(slot, () -> {
                slot.pool.crashed(failure, clock.getAsLong());
                if (slot.pool.live() == 0) {
                    refuseAll(slot.pool, failure);
                }
            });
        }

        @Override
        public void free() {
            release(slot);
        }

        @Override
        public void exited() {
            locked(slot, () -> {});
        }

        /** Runs under the lock; when a slot is named it is gone, and its room may be another's. */
        private void locked(@Nullable Slot gone, Runnable change) {
            lock.lock();
            try {
                if (gone != null && gone.pool.slots.remove(gone)) {
                    gone.pool.idle.remove(gone);
                    bytesInUse -= gone.bytes;
                }
                change.run();
                if (gone != null) {
                    long now = clock.getAsLong();
                    pools.values().forEach(pool -> scale(pool, now));
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
