package io.algomat.workers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The workers of one version and the calls that wait for them. Guarded by the fleet's lock. */
final class Pool {
    private static final long FIRST_BACK_OFF_NANOS = 250_000_000L;
    private static final long MAX_BACK_OFF_NANOS = 30_000_000_000L;

    final WorkerSpec spec;
    final Deque<Ticket> queue = new ArrayDeque<>();
    final List<Slot> slots = new ArrayList<>();
    /** Last in, first out: few workers stay hot and the others can be reclaimed. */
    final Deque<Slot> idle = new ArrayDeque<>();

    private int crashes;
    private long notBeforeNanos;
    private @Nullable StartFailed lastFailure;

    Pool(WorkerSpec spec) {
        this.spec = spec;
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
