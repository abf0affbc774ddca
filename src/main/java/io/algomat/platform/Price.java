package io.algomat.platform;

/**
 * A version's price, fixed with the version for ever.
 *
 * @param royalty per call, to the publisher less the site's fee
 * @param ratePerMs the site's compute rate per billed millisecond on the version's device
 * @param takeBps the site's share of the royalty in basis points (1500 = 15 %)
 */
public record Price(Credits royalty, Credits ratePerMs, int takeBps) {
    private static final long WHOLE_IN_BPS = 10_000;

    /** About what a call costs that computes for so many milliseconds. */
    public Credits about(long millis) {
        return royalty.plus(ratePerMs.times(millis));
    }

    /** Whether a call may cost more than by another price. */
    public boolean above(Price other) {
        return royalty.compareTo(other.royalty) > 0 || ratePerMs.compareTo(other.ratePerMs) > 0;
    }

    /** The site's share: {@code floor(royalty × bps / 10000)} in micro-credits, in two steps that cannot overflow. */
    public Credits fee() {
        long whole = royalty.micro() / WHOLE_IN_BPS * takeBps;
        long rest = royalty.micro() % WHOLE_IN_BPS * takeBps / WHOLE_IN_BPS;
        return Credits.micro(whole + rest);
    }
}
