package io.algomat.workers;

import java.util.ArrayList;
import java.util.List;

/** Limits of a small machine, for state machines whose time and processes are the test's. */
final class FleetForTests {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private FleetForTests() {}

    static FleetLimits limits(int perPool) {
        return limits(perPool, 1L << 30);
    }

    static FleetLimits limits(int perPool, long bytes) {
        return limits(perPool, bytes, 0, 0);
    }

    /** @param gpuBytes the memory of each GPU */
    static FleetLimits limits(int perPool, long bytes, int gpus, long gpuBytes) {
        List<Device> devices = new ArrayList<>(List.of(Device.processors(bytes)));
        for (int i = 0; i < gpus; i++) {
            devices.add(Device.fake(i, gpuBytes));
        }
        return new FleetLimits(
                perPool,
                perPool,
                devices,
                new Admission.Limits(10, 60 * SECOND),
                new KeepWarm.Bounds(10 * SECOND, SECOND, 100 * SECOND),
                100 * MILLI,
                new Spares.Bounds(1, 60 * SECOND));
    }
}
