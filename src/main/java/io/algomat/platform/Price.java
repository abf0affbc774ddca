package io.algomat.platform;

/**
 * A version's price, fixed with the version for ever.
 *
 * @param royalty per call, to the publisher less the site's fee
 * @param ratePerMs the site's compute rate per billed millisecond on the version's device
 * @param takeBps the site's share of the royalty in basis points (1500 = 15 %)
 */
public record Price(Credits royalty, Credits ratePerMs, int takeBps) {

    /** About what a call costs that computes for so many milliseconds. */
    public Credits about(long millis) {
        return royalty.plus(ratePerMs.times(millis));
    }
}
