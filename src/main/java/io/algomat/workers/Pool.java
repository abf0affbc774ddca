package io.algomat.workers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one version, the calls that wait for them, and what was learned of both. Idle workers take waiting calls
 * themselves, so no call is ever bound to a worker that is not free. Guarded by the fleet's lock.
 */
final class Pool {
    /** Even an identity worker is a JVM. */
    private static final long LEAST_BYTES = 64L << 20;

    private static final long USUAL_COLD_NANOS = 500_000_000L;
    private static final double NEW = 0.3;

    WorkerSpec spec;
    final FairQueue queue = new FairQueue();
    final List<Slot> slots = new ArrayList<>();
    final LatencyModel model = new LatencyModel();
    final CrashLoop crashes = new CrashLoop();
    final Quarantine quarantine = new Quarantine();
    final Autoscaler scaling = new Autoscaler();
    final PoolDecisions decisions;
    final KeepWarm warmth;
    final BatchFormer former;
    /** Last in, first out: few workers stay hot and the others can be reclaimed. */
    private final Deque<Slot> idle = new ArrayDeque<>();

    long usedNanos;
    private long measuredBytes;
    private long measuredGpuBytes;
    private long coldNanos;
    private int largestBatch = 1;
    private int desired;

    Pool(WorkerSpec spec, FleetLimits limits, FleetCounts counts) {
        this.spec = spec;
        this.decisions = new PoolDecisions(counts);
        this.warmth = new KeepWarm(limits.warmth());
        this.former = new BatchFormer(model, limits.batchTargetNanos());
    }

    /** What one worker is expected to take. */
    long bytes() {
        return Math.max(Math.max(LEAST_BYTES, measuredBytes), spec.limits().memoryBytes());
    }

    /** What one worker is expected to take of a GPU's memory; 0 where it wants none. */
    long gpuBytes() {
        return Math.max(measuredGpuBytes, spec.limits().gpuBytes());
    }

    long bytes(String device) {
        return device.equals(Device.CPU) ? bytes() : gpuBytes();
    }

    /** What a worker was seen to hold of its GPU. */
    void measuredGpu(long bytes) {
        measuredGpuBytes = Math.max(measuredGpuBytes, bytes);
    }

    /** How long a start takes, until it could take a call. */
    long coldNanos() {
        return coldNanos == 0 ? USUAL_COLD_NANOS : coldNanos;
    }

    /** As measured, with the newest counting most; 0 before the first start. */
    long measuredColdNanos() {
        return coldNanos;
    }

    long nanosPerCall() {
        return former.nanosPerCall(spec.reuse() == Reuse.PER_CALL ? 1 : largestBatch);
    }

    int largestBatch() {
        return largestBatch;
    }

    /** How many workers the last look at its load wanted; what waits for a first worker wants one. */
    int desired() {
        return queue.isEmpty() ? desired : Math.max(1, desired);
    }

    void desired(int workers) {
        desired = workers;
    }

    int count(Slot.State state) {
        int count = 0;
        for (Slot slot : slots) {
            if (slot.state == state) {
                count++;
            }
        }
        return count;
    }

    /** Workers that take calls now. */
    int live() {
        return count(Slot.State.IDLE) + count(Slot.State.BUSY);
    }

    /** Whether it has no worker and none on its way. */
    boolean none() {
        return live() + count(Slot.State.STARTING) == 0;
    }

    boolean bound() {
        return spec.reuse() == Reuse.PER_CALLER;
    }

    /** Gives a new call an idle worker that may serve it; null when there is none. */
    @Nullable
    Grant take(Ticket ticket, long now) {
        Slot best = null;
        for (Slot slot : idle) {
            if (slot.serves(ticket.call.callerId()) && (best == null || best.caller == null && slot.caller != null)) {
                best = slot;
            }
        }
        if (best == null) {
            return null;
        }
        idle.remove(best);
        return grant(best, List.of(ticket), now, false);
    }

    /** A worker is free: those whose turn it is take it, or it rests and the answer is null. */
    @Nullable
    Grant next(Slot slot, long now, boolean fresh) {
        Ticket first = first(slot, now);
        if (first == null) {
            slot.state = Slot.State.IDLE;
            slot.idleSinceNanos = now;
            idle.addFirst(slot);
            return null;
        }
        List<Ticket> tickets = new ArrayList<>();
        tickets.add(first);
        if (bound()) {
            slot.caller = first.call.callerId();
        }
        fill(slot, tickets, now);
        return grant(slot, tickets, now, fresh);
    }

    private @Nullable Ticket first(Slot slot, long now) {
        Long bound = slot.caller;
        if (bound != null) {
            return queue.poll(bound, now);
        }
        if (bound()) {
            // A new worker is for a caller who has none, if there is one.
            for (long caller : queue.callers()) {
                Ticket ticket = has(caller) ? null : queue.poll(caller, now);
                if (ticket != null) {
                    return ticket;
                }
            }
        }
        return queue.poll(now);
    }

    private void fill(Slot slot, List<Ticket> tickets, long now) {
        Ticket first = tickets.getFirst();
        int most = spec.reuse() == Reuse.PER_CALL || first.alone
                ? 1
                : former.most(slot.worker().largestBatch());
        long earliest = first.call.deadlineNanos();
        while (tickets.size() < most) {
            Long bound = slot.caller;
            Ticket candidate = bound == null ? queue.peek(now) : queue.peek(bound, now);
            if (candidate == null || candidate.alone) {
                return;
            }
            long deadline = candidate.call.deadlineNanos();
            earliest = deadline - earliest < 0 ? deadline : earliest;
            if (!former.fits(tickets.size() + 1, earliest, now)) {
                return;
            }
            Ticket taken = bound == null ? queue.poll(now) : queue.poll(bound, now);
            if (taken != null) {
                tickets.add(taken);
            }
        }
    }

    private Grant grant(Slot slot, List<Ticket> tickets, long now, boolean fresh) {
        slot.state = Slot.State.BUSY;
        if (bound()) {
            slot.caller = tickets.getFirst().call.callerId();
        }
        Grant grant = new Grant(slot, tickets, now);
        slot.grant = grant;
        for (Ticket ticket : tickets) {
            long cold = fresh ? now - Math.max(ticket.sinceNanos, slot.startedNanos) : 0;
            ticket.run = new Ticket.Run(grant, slot, now - ticket.sinceNanos - cold, cold, tickets.size());
        }
        return grant;
    }

    private boolean has(long caller) {
        return slots.stream()
                .anyMatch(slot -> slot.live() && Long.valueOf(caller).equals(slot.caller));
    }

    /** Callers who wait and have no worker of their own; in a pool that is not bound there are none. */
    int callersWithout() {
        if (!bound()) {
            return 0;
        }
        Set<Long> served = new HashSet<>();
        for (Slot slot : slots) {
            Long caller = slot.caller;
            if (caller != null && slot.live()) {
                served.add(caller);
            }
        }
        return (int) queue.callers().stream()
                .filter(caller -> !served.contains(caller))
                .count();
    }

    /** The idle worker that rests longest. */
    @Nullable
    Slot longestIdle() {
        return idle.peekLast();
    }

    /** Ends a worker, whatever it does; one that is still starting ends when it is ready. */
    void stop(Slot slot) {
        idle.remove(slot);
        slot.retired = true;
        Worker worker = slot.worker;
        if (worker != null) {
            slot.state = Slot.State.STOPPING;
            worker.stop();
        }
    }

    /** Ends every worker, each after the call that it has in hand. */
    void retire() {
        slots.forEach(slot -> slot.retired = true);
        List.copyOf(idle).forEach(this::stop);
    }

    /** A process is gone. Its call may still be about to give it back, and must find it stopped. */
    boolean remove(Slot slot) {
        idle.remove(slot);
        slot.state = Slot.State.STOPPING;
        return slots.remove(slot);
    }

    void endAll(Ticket.End end) {
        queue.clear().forEach(ticket -> ticket.end.complete(end));
    }

    /** A worker has loaded. */
    void ready(Slot slot, Worker worker, long now) {
        slot.worker = worker;
        crashes.ready();
        largestBatch = Math.max(1, worker.largestBatch());
        measuredBytes = Math.max(measuredBytes, worker.residentBytes());
        long took = now - slot.startedNanos;
        coldNanos = coldNanos == 0 ? took : (long) (NEW * took + (1 - NEW) * coldNanos);
    }

    /** A worker has answered all that it had in hand. */
    void finished(Slot slot, long now) {
        Grant grant = slot.grant;
        slot.grant = null;
        if (grant != null && grant.clean) {
            model.learn(grant.size(), now - grant.begunNanos);
            crashes.served();
        }
    }

    Workers.PoolState state() {
        return new Workers.PoolState(
                count(Slot.State.STARTING), count(Slot.State.IDLE), count(Slot.State.BUSY), queue.size());
    }
}
