package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;

/**
 * The price of one call, worked out. What its units cost is a part of the royalty. The fee is rounded down to the
 * micro-credit and the publisher gets the rest of the royalty, so that the parts always add up to the total.
 *
 * @param billedMillis compute time that is paid for: never more than the hold covers
 * @param units what is paid for of what was reported: never more than the price's most
 */
record Cost(Credits royalty, Credits fee, Credits compute, long billedMillis, Units units) {
    /** What a call costs that computed for so long, and reported nothing. */
    static Cost of(HoldRequest request, long computedMillis) {
        return of(request, Usage.of(computedMillis));
    }

    static Cost of(HoldRequest request, Usage usage) {
        if (usage.millis() < 0) {
            throw new IllegalArgumentException("A call cannot have computed for " + usage.millis() + " ms");
        }
        Price price = request.price();
        UnitPrice unit = price.unit();
        Units units = unit == null ? Units.ZERO : unit.billed(usage.units());
        Credits royalty = request.royaltyFree() ? Credits.ZERO : price.royalty(units);
        long billed = Math.min(usage.millis(), request.maxMillis());
        return new Cost(royalty, price.fee(royalty), price.ratePerMs().times(billed), billed, units);
    }

    /** The same, of a call that has only so much left of what it holds; time beyond that is not billed. */
    static Cost within(HoldRequest request, Usage usage, Credits left) {
        Cost withoutTime = of(request, new Usage(0, usage.units()));
        long rate = request.price().ratePerMs().micro();
        long most = rate == 0
                ? usage.millis()
                : Math.max(0, left.minus(withoutTime.total()).micro()) / rate;
        return of(request, new Usage(Math.min(usage.millis(), most), usage.units()));
    }

    /** The most that a call can cost, which is what its hold sets aside. */
    static Cost most(HoldRequest request) {
        return of(request, mostUnits(request, request.maxMillis()));
    }

    /** Of a call that has computed for so long, and may report yet whatever it likes. */
    static Usage mostUnits(HoldRequest request, long millis) {
        UnitPrice unit = request.price().unit();
        return new Usage(millis, unit == null ? Units.ZERO : unit.most());
    }

    Credits total() {
        return royalty.plus(compute);
    }

    Credits publisherShare() {
        return royalty.minus(fee);
    }
}
