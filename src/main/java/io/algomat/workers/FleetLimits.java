package io.algomat.workers;

import java.util.Map;

/**
 * What all pools together may do.
 *
 * @param perPool the most workers of one pool that any caller may use
 * @param perBoundPool the most workers of a pool whose workers are kept for a caller or for one call
 * @param bytes what all workers of a device may take together, by device
 * @param queue how much may wait in one pool
 * @param warmth how long workers without a call stay
 * @param batchTargetNanos how long a batch may take
 */
record FleetLimits(
        int perPool,
        int perBoundPool,
        Map<String, Long> bytes,
        Admission.Limits queue,
        KeepWarm.Bounds warmth,
        long batchTargetNanos) {
    int most(WorkerSpec spec) {
        return spec.reuse() == Reuse.SHARED ? perPool : perBoundPool;
    }

    long bytes(String device) {
        return bytes.getOrDefault(device, 0L);
    }
}
