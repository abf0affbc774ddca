package io.algomat.workers;

import java.util.Map;

/** Limits of a small machine, for state machines whose time and processes are the test's. */
final class FleetForTests {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private FleetForTests() {}

    static FleetLimits limits(int perPool) {
        return limits(perPool, 1L << 30);
    }

    static FleetLimits limits(int perPool, long bytes) {
        return new FleetLimits(
                perPool,
                perPool,
                Map.of("cpu", bytes),
                new Admission.Limits(10, 60 * SECOND),
                new KeepWarm.Bounds(10 * SECOND, SECOND, 100 * SECOND),
                100 * MILLI);
    }
}
