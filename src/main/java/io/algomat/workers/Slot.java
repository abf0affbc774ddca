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
    /** Such as {@code cpu} or {@code gpu:1}. */
    final String device;
    /** Of the machine's memory, as declared, or as measured when the worker had loaded and took more. */
    long bytes;
    /** Of its GPU's memory, likewise; 0 on a processor. */
    long gpuBytes;

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

    Slot(Pool pool, String device, long startedNanos) {
        this.pool = pool;
        this.device = device;
        this.bytes = pool.bytes();
        this.gpuBytes = pool.gpuBytes();
        this.startedNanos = startedNanos;
    }

    /** What it takes of a device's memory; a worker on a GPU takes some of the machine's own as well. */
    long bytes(String of) {
        return of.equals(Device.CPU) ? bytes : of.equals(device) ? gpuBytes : 0;
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
