package io.algomat.workers;

import org.jspecify.annotations.Nullable;

/** One worker's place in a pool, from the decision to start it until its process is gone. Guarded by the fleet's lock. */
final class Slot {
    enum State {
        STARTING,
        IDLE,
        BUSY,
        /** Told to stop; its bytes count until the process is gone. */
        STOPPING
    }

    final Pool pool;
    final long startedNanos;
    /** As declared, or as measured when the worker had loaded and took more. */
    long bytes;

    State state = State.STARTING;
    long idleSinceNanos;
    /** Set by a drain: stop instead of becoming idle. */
    boolean retired;
    /** The caller whom it is kept for. */
    @Nullable
    Long caller;
    /** What it has in hand. */
    @Nullable
    Grant grant;

    @Nullable
    Worker worker;

    Slot(Pool pool, long bytes, long startedNanos) {
        this.pool = pool;
        this.bytes = bytes;
        this.startedNanos = startedNanos;
    }

    boolean live() {
        return state == State.IDLE || state == State.BUSY;
    }

    boolean serves(long callerId) {
        Long bound = caller;
        return bound == null || bound == callerId;
    }

    Worker worker() {
        Worker present = worker;
        if (present == null) {
            throw new IllegalStateException("the worker is still starting");
        }
        return present;
    }
}
