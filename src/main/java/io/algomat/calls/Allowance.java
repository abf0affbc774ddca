package io.algomat.calls;

import java.time.Duration;

/**
 * What is left of the tightest limit that a call met.
 *
 * @param limit calls a minute
 * @param remaining calls that would be admitted now
 * @param reset until the whole limit is there again
 */
public record Allowance(long limit, long remaining, Duration reset) {
    /** For a caller whom no limit holds. */
    public static final Allowance UNLIMITED = new Allowance(0, Long.MAX_VALUE, Duration.ZERO);

    public boolean limited() {
        return limit > 0;
    }

    Allowance tighter(Allowance other) {
        return other.remaining < remaining ? other : this;
    }
}
