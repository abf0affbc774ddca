package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;

/**
 * The price of one call, worked out. The fee is rounded down to the micro-credit and the publisher gets the rest of the
 * royalty, so that the parts always add up to the total.
 *
 * @param billedMillis compute time that is paid for: never more than the hold covers
 */
record Cost(Credits royalty, Credits fee, Credits compute, long billedMillis) {
    /** What a call costs that computed for so long. */
    static Cost of(HoldRequest request, long computedMillis) {
        if (computedMillis < 0) {
            throw new IllegalArgumentException("A call cannot have computed for " + computedMillis + " ms");
        }
        Price price = request.price();
        Credits royalty = request.royaltyFree() ? Credits.ZERO : price.royalty();
        long billed = Math.min(computedMillis, request.maxMillis());
        Credits fee = request.royaltyFree() ? Credits.ZERO : price.fee();
        return new Cost(royalty, fee, price.ratePerMs().times(billed), billed);
    }

    /** The same, of a call that has only so much left of what it holds; time beyond that is not billed. */
    static Cost within(HoldRequest request, long computedMillis, Credits left) {
        Cost royaltyAlone = of(request, 0);
        long rate = request.price().ratePerMs().micro();
        long most = rate == 0
                ? computedMillis
                : Math.max(0, left.minus(royaltyAlone.total()).micro()) / rate;
        return of(request, Math.min(computedMillis, most));
    }

    /** The most that a call can cost, which is what its hold sets aside. */
    static Cost most(HoldRequest request) {
        return of(request, request.maxMillis());
    }

    Credits total() {
        return royalty.plus(compute);
    }

    Credits publisherShare() {
        return royalty.minus(fee);
    }
}
