package io.algomat.workers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers of one version and the calls that wait for them. Idle workers take the oldest waiting call themselves, so
 * no call is ever bound to a worker that is not free. Guarded by the fleet's lock.
 */
final class Pool {
    private static final long FIRST_BACK_OFF_NANOS = 250_000_000L;
    private static final long MAX_BACK_OFF_NANOS = 30_000_000_000L;
    /** Even an identity worker is a JVM. */
    private static final long LEAST_BYTES = 64L << 20;

    final WorkerSpec spec;
    final Deque<Ticket> queue = new ArrayDeque<>();
    final List<Slot> slots = new ArrayList<>();
    /** Last in, first out: few workers stay hot and the others can be reclaimed. */
    private final Deque<Slot> idle = new ArrayDeque<>();

    private int crashes;
    private long notBeforeNanos;
    private @Nullable StartFailed lastFailure;

    Pool(WorkerSpec spec) {
        this.spec = spec;
    }

    /** What one worker is expected to take. */
    long bytes() {
        return Math.max(LEAST_BYTES, spec.limits().memoryBytes());
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

    /** Gives a new ticket, which nobody else knows yet, an idle worker. False when there is none. */
    boolean takeIdle(Ticket ticket, long now) {
        Slot slot = idle.pollFirst();
        return slot != null && grant(ticket, slot, now, false);
    }

    void join(Ticket ticket, boolean first) {
        if (first) {
            queue.addFirst(ticket);
        } else {
            queue.addLast(ticket);
        }
    }

    /** A worker is free: the next in the queue takes it, or it rests. */
    void offer(Slot slot, long now, boolean fresh) {
        if (slot.retired) {
            stop(slot);
            return;
        }
        for (Ticket next = queue.pollFirst(); next != null; next = queue.pollFirst()) {
            if (grant(next, slot, now, fresh)) {
                return;
            }
        }
        slot.state = Slot.State.IDLE;
        slot.idleSinceNanos = now;
        idle.addFirst(slot);
    }

    private static boolean grant(Ticket ticket, Slot slot, long now, boolean fresh) {
        long cold = fresh ? now - Math.max(ticket.sinceNanos, slot.startedNanos) : 0;
        slot.state = Slot.State.BUSY;
        return ticket.end.complete(new Ticket.End.Granted(slot, now - ticket.sinceNanos - cold, cold));
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

    /** Stops what rested too long, and lets the others look after their processes. */
    void sweep(long now, long idleNanos) {
        for (Slot slot : slots) {
            if (slot.state == Slot.State.IDLE && now - slot.idleSinceNanos >= idleNanos) {
                stop(slot);
            } else if (slot.state == Slot.State.BUSY || slot.state == Slot.State.IDLE) {
                slot.worker().sweep(now);
            }
        }
    }

    /** A process is gone. Its call may still be about to give it back, and must find it stopped. */
    boolean remove(Slot slot) {
        idle.remove(slot);
        slot.state = Slot.State.STOPPING;
        return slots.remove(slot);
    }

    void endAll(Ticket.End end) {
        for (Ticket next = queue.pollFirst(); next != null; next = queue.pollFirst()) {
            next.end.complete(end);
        }
    }

    void crashed(StartFailed failure, long now) {
        lastFailure = failure;
        notBeforeNanos = now + Math.min(MAX_BACK_OFF_NANOS, FIRST_BACK_OFF_NANOS << Math.min(crashes, 10));
        crashes++;
    }

    void served() {
        crashes = 0;
        lastFailure = null;
    }

    boolean backsOff(long now) {
        return crashes > 0 && now - notBeforeNanos < 0;
    }

    /** Why no worker is started just now; null when one may be. */
    @Nullable
    StartFailed refusal(long now) {
        return backsOff(now) ? lastFailure : null;
    }

    /** How long until a start is tried again. */
    long backOffNanos(long now) {
        return Math.max(0, notBeforeNanos - now);
    }

    Workers.PoolState state() {
        return new Workers.PoolState(
                count(Slot.State.STARTING), count(Slot.State.IDLE), count(Slot.State.BUSY), queue.size());
    }
}
