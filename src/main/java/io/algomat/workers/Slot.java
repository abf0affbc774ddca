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
    final long bytes;
    final long startedNanos;
    State state = State.STARTING;
    long idleSinceNanos;
    /** Set by a drain: stop instead of becoming idle. */
    boolean retired;

    @Nullable
    Worker worker;

    Slot(Pool pool, long bytes, long startedNanos) {
        this.pool = pool;
        this.bytes = bytes;
        this.startedNanos = startedNanos;
    }

    Worker worker() {
        Worker present = worker;
        if (present == null) {
            throw new IllegalStateException("the worker is still starting");
        }
        return present;
    }
}
