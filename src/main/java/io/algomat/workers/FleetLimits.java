package io.algomat.workers;

import java.util.List;
import java.util.stream.Stream;

/**
 * What all pools together may do.
 *
 * @param perPool the most workers of one pool that any caller may use
 * @param perBoundPool the most workers of a pool whose workers are kept for a caller or for one call
 * @param devices what workers compute on, and what those of each may take together; the processors first
 * @param queue how much may wait in one pool
 * @param warmth how long workers without a call stay
 * @param batchTargetNanos how long a batch may take
 * @param spares sandboxes that are started before they are wanted
 */
record FleetLimits(
        int perPool,
        int perBoundPool,
        List<Device> devices,
        Admission.Limits queue,
        KeepWarm.Bounds warmth,
        long batchTargetNanos,
        Spares.Bounds spares) {
    int most(WorkerSpec spec) {
        if (spec.reuse() != Reuse.SHARED) {
            return perBoundPool;
        }
        // One process feeds a GPU; a second of the same model would take its memory twice.
        return spec.gpu() ? (int) of(Device.GPU).count() : perPool;
    }

    Stream<Device> of(String kind) {
        return devices.stream().filter(device -> device.kind().equals(kind));
    }

    /** The most that one device of the kind has for all its workers. */
    long largest(String kind) {
        return of(kind).mapToLong(Device::bytes).max().orElse(0);
    }
}
