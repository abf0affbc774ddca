package io.algomat.workers;

import jakarta.enterprise.context.ApplicationScoped;

/** The worker pools of this gateway. */
@ApplicationScoped
public class Workers {
    /** Where a pool stands: what a card's dot and the admin page show. */
    public record PoolState(int starting, int idle, int busy, int queued) {
        public static final PoolState NONE = new PoolState(0, 0, 0, 0);

        public boolean warm() {
            return idle + busy > 0;
        }
    }

    /**
     * Runs a call, waiting (on a virtual thread) for a worker to start if none is warm.
     *
     * @throws io.algomat.platform.Problem overloaded, worker-lost or sandbox-unavailable
     */
    public WorkerOutcome call(WorkerSpec spec, WorkerCall call) {
        throw new UnsupportedOperationException("workers");
    }

    public PoolState state(String pool) {
        throw new UnsupportedOperationException("workers");
    }

    /** Stops a pool's workers after the calls that they have in hand. */
    public void drain(String pool) {
        throw new UnsupportedOperationException("workers");
    }

    public SandboxReport sandbox() {
        throw new UnsupportedOperationException("workers");
    }
}
