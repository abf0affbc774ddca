package io.algomat.platform;

import org.jspecify.annotations.Nullable;

/**
 * A version's price, fixed with the version for ever.
 *
 * @param royalty per call, to the publisher less the site's fee
 * @param ratePerMs the site's compute rate per billed millisecond on the version's device
 * @param takeBps the site's share of the royalty, and of what units cost, in basis points (1500 = 15 %)
 * @param unit what is asked beside the royalty for each unit that the algorithm reports, or null
 */
public record Price(
        Credits royalty,
        Credits ratePerMs,
        int takeBps,
        @Nullable UnitPrice unit) {
    private static final long WHOLE_IN_BPS = 10_000;

    /** Without a unit price. */
    public Price(Credits royalty, Credits ratePerMs, int takeBps) {
        this(royalty, ratePerMs, takeBps, null);
    }

    /** Royalty and units, which the publisher gets less the fee. */
    public Credits royalty(Units units) {
        return unit == null ? royalty : royalty.plus(unit.of(units));
    }

    /** Whether a publisher asks for nothing. */
    public boolean free() {
        return royalty.isZero() && unit == null;
    }

    /** About what a call costs that computes for so many milliseconds, and reports nothing. */
    public Credits about(long millis) {
        return about(Units.ZERO, millis);
    }

    /** About what a call costs that reports so much and computes for so many milliseconds. */
    public Credits about(Units units, long millis) {
        return royalty(units).plus(ratePerMs.times(millis));
    }

    /** Whether a call may cost more than by another price. */
    public boolean above(Price other) {
        return royalty.compareTo(other.royalty) > 0
                || ratePerMs.compareTo(other.ratePerMs) > 0
                || unit != null && unit.above(other.unit);
    }

    /** The site's share of the royalty of a call that reports nothing. */
    public Credits fee() {
        return fee(royalty);
    }

    /** The site's share: {@code floor(royalty × bps / 10000)} in micro-credits, in two steps that cannot overflow. */
    public Credits fee(Credits royalty) {
        long whole = royalty.micro() / WHOLE_IN_BPS * takeBps;
        long rest = royalty.micro() % WHOLE_IN_BPS * takeBps / WHOLE_IN_BPS;
        return Credits.micro(whole + rest);
    }
}
