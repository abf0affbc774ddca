package io.algomat.billing;

import io.algomat.platform.Units;

/**
 * What a call used that is paid for.
 *
 * @param millis compute time
 * @param units what its algorithm reported of the metric that its price names
 */
public record Usage(long millis, Units units) {
    public static Usage of(long millis) {
        return new Usage(millis, Units.ZERO);
    }
}
