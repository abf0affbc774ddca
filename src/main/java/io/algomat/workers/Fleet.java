package io.algomat.workers;

import static io.algomat.workers.PoolDecision.Kind;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All pools of this gateway: who waits, who works, who is started and who must go. A state machine behind one lock, its own
 * monitor; it starts processes and reads the clock only through what it is given. Its parts ({@link Pool}, {@link Slot},
 * {@link Scaling}, {@link Room}…) are touched under that lock alone. Nothing blocks under it: workers are given their calls
 * after it.
 */
final class Fleet {
    /** Pools without workers are remembered for what was learned of them. */
    private static final int REMEMBERED = 2_000;

    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Companions companions = new Companions();
    private final FleetCounts counts = new FleetCounts();
    private final FleetLimits limits;
    private final LongSupplier clock;
    private final Scaling scaling;
    private final FleetReadings readings;
    private boolean closed;

    Fleet(FleetLimits limits, LongSupplier clock, WorkerStarter starter, SpareStarter sandboxes) {
        this.limits = limits;
        this.clock = clock;
        this.scaling = new Scaling(this, pools.values(), limits, counts, starter, sandboxes);
        this.readings = new FleetReadings(this, pools, scaling, clock);
    }

    /** What a call is told that a stopping gateway cannot run any more; another gateway, or the next start, can. */
    static Problem stopping() {
        return Problem.of(ErrorCode.OVERLOADED, "The gateway is stopping").retryAfter(Duration.ofSeconds(5));
    }

    FleetCounts counts() {
        return counts;
    }

    /** How everything stands, for whoever only looks. */
    FleetReadings readings() {
        return readings;
    }

    /**
     * Lets a call join its pool. It is with a worker already when one was idle.
     *
     * @param before the call's place when a worker died with it; null for a new call
     * @throws Problem when the call may not wait
     */
    Ticket enqueue(WorkerSpec spec, WorkerCall call, @Nullable Ticket before) {
        Ticket ticket;
        Grant grant;
        synchronized (this) {
            long now = clock.getAsLong();
            ticket = new Ticket(call, now, before != null);
            grant = join(spec, ticket, before, now);
        }
        if (grant != null) {
            grant.begin();
        }
        return ticket;
    }

    private @Nullable Grant join(WorkerSpec spec, Ticket ticket, @Nullable Ticket before, long now) {
        if (closed) {
            ticket.end.complete(new Ticket.End.Stopping());
            return null;
        }
        if (ticket.call.deadlineNanos() - now <= 0) {
            ticket.end.complete(new Ticket.End.Expired());
            return null;
        }
        Pool pool = pool(spec, now);
        Joining.admitInput(pool, ticket.call, now);
        if (before == null) {
            pool.warmth.arrived(now);
            companions.expected(spec.pool()).forEach(child -> warm(child, "called by " + spec.pool(), now));
        }
        StartFailed refusal = pool.live() == 0 ? pool.crashes.refusal(now) : null;
        Grant grant = pool.take(ticket, now);
        if (grant != null) {
            return grant;
        }
        if (refusal != null) {
            ticket.end.complete(new Ticket.End.Refused(refusal));
            return null;
        }
        if (before != null) {
            pool.queue.rejoin(ticket, before);
        } else {
            Joining.admit(pool, ticket.call, limits, now);
            pool.queue.join(ticket, Math.max(1, pool.nanosPerCall()), 1);
        }
        scaling.wanted(pool, now);
        return null;
    }

    private Pool pool(WorkerSpec spec, long now) {
        Pool pool = pools.computeIfAbsent(spec.pool(), key -> new Pool(spec, limits, counts));
        pool.spec = spec;
        pool.usedNanos = now;
        return pool;
    }

    /** Forgets a call that was decided by its deadline or its caller, wherever it is. */
    void leave(WorkerSpec spec, Ticket ticket) {
        Ticket.Run run;
        synchronized (this) {
            run = ticket.run;
            Pool pool = pools.get(spec.pool());
            if (run != null) {
                run.grant().clean = false;
            } else if (pool != null) {
                pool.queue.remove(ticket);
                rest(pool, clock.getAsLong());
            }
        }
        if (run != null) {
            run.slot().worker().abandon(ticket.call.callId());
        }
    }

    /** A worker has answered all that it had in hand: it takes what waits, rests, or goes. */
    void free(Slot slot) {
        Grant next = null;
        synchronized (this) {
            if (slot.state != Slot.State.BUSY) {
                return;
            }
            long now = clock.getAsLong();
            slot.pool.finished(slot, now);
            if (scaling.ends(slot, now)) {
                slot.pool.stop(slot);
                scaling.wanted(slot.pool, now);
            } else {
                next = slot.pool.next(slot, now, false);
            }
            rest(slot.pool, now);
        }
        if (next != null) {
            next.begin();
        }
    }

    /** Takes out a worker that has answered all, but can serve no other call. */
    synchronized void spent(Slot slot) {
        slot.pool.decisions.note(Kind.ENDED, "its call used the process up", clock.getAsLong());
        slot.pool.stop(slot);
    }

    private static void rest(Pool pool, long now) {
        if (pool.queue.isEmpty() && pool.count(Slot.State.BUSY) == 0) {
            pool.warmth.quiet(now);
        }
    }

    /** Stops a pool's workers, each after the call that it has in hand. */
    synchronized void drain(String name) {
        Pool pool = pools.get(name);
        if (pool != null) {
            pool.retire();
        }
    }

    /** Starts a worker before it is called for, if there is none and room is free. */
    synchronized void warm(WorkerSpec spec) {
        warm(spec, "asked for", clock.getAsLong());
    }

    private void warm(WorkerSpec spec, String why, long now) {
        if (!closed && spec.reuse() != Reuse.PER_CALL) {
            scaling.warm(pool(spec, now), why, now);
        }
    }

    /** One pool's call called another version; the next time that one is warmed at once. */
    synchronized void called(String parent, WorkerSpec child) {
        companions.called(parent, child);
    }

    /** This call killed two workers: neither it nor its like is tried again for a while. */
    synchronized void poisoned(WorkerSpec spec, WorkerCall call) {
        long now = clock.getAsLong();
        Pool pool = pool(spec, now);
        pool.quarantine.add(call.input(), now);
        pool.crashes.died(StartFailed.process("two workers died with the same call"), now);
        pool.decisions.note(Kind.QUARANTINED, "two workers died with the same call", now);
    }

    /** The regular look at everything: stops what is idle or hangs, starts what is wanted. */
    synchronized void tick() {
        long now = clock.getAsLong();
        if (closed) {
            return;
        }
        scaling.sweep(now);
        if (pools.size() > REMEMBERED) {
            pools.values().stream()
                    .filter(pool -> pool.slots.isEmpty() && pool.queue.isEmpty())
                    .min((one, other) -> Long.compare(one.usedNanos, other.usedNanos))
                    .ifPresent(pool -> pools.remove(pool.spec.pool()));
        }
    }

    /** What workers were seen to hold of their GPUs, by the worker's name. */
    synchronized void heldOnGpu(Map<String, Long> bytes) {
        for (Pool pool : pools.values()) {
            for (Slot slot : pool.slots) {
                Long held = slot.worker == null ? null : bytes.get(slot.worker.name());
                if (held != null) {
                    pool.measuredGpu(held);
                    scaling.measured(slot);
                }
            }
        }
    }

    synchronized boolean closed() {
        return closed;
    }

    /** Stops every worker, one that is still starting as soon as it is ready; whoever waits is told. */
    synchronized void close() {
        closed = true;
        scaling.spares().endAll();
        for (Pool pool : pools.values()) {
            pool.endAll(new Ticket.End.Stopping());
            List.copyOf(pool.slots).forEach(pool::stop);
        }
    }

    /** A sandbox waits for a worker. */
    synchronized void spareReady(Spares.One one, Spare spare) {
        scaling.spares().ready(one, spare);
    }

    /** A sandbox that waited is gone, and its room may be a worker's. */
    synchronized void spareGone(Spares.One one) {
        scaling.spares().gone(one, clock.getAsLong());
        if (!closed) {
            scaling.all(clock.getAsLong());
        }
    }

    void ready(Slot slot, Worker worker) {
        Grant first = null;
        synchronized (this) {
            long now = clock.getAsLong();
            counts.ready(now - slot.startedNanos);
            slot.pool.ready(slot, worker, now);
            scaling.measured(slot);
            if (slot.retired) {
                slot.pool.stop(slot);
            } else {
                first = slot.pool.next(slot, now, true);
            }
        }
        if (first != null) {
            first.begin();
        }
    }

    /** A worker's place is empty, and its room may be another's. */
    synchronized void gone(Slot slot, @Nullable StartFailed failure) {
        long now = clock.getAsLong();
        Pool pool = slot.pool;
        boolean unasked = failure != null || slot.state != Slot.State.STOPPING;
        if (pool.remove(slot)) {
            scaling.gone(slot);
        }
        if (failure != null) {
            pool.crashes.died(failure, now);
            pool.decisions.note(Kind.CRASHED, failure.reason(), now);
            StartFailed refusal = pool.live() == 0 ? pool.crashes.refusal(now) : null;
            if (refusal != null) {
                pool.endAll(new Ticket.End.Refused(refusal));
            }
        } else if (unasked) {
            pool.decisions.note(Kind.LOST, "its process ended unasked", now);
        }
        rest(pool, now);
        if (!closed) {
            scaling.all(now);
        }
    }
}
