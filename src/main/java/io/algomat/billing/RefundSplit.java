package io.algomat.billing;

import io.algomat.platform.Credits;

/**
 * What a refund gives back, and from whom. The caller gets credit back in the order in which it was spent, promo first. It
 * is taken from the site's compute, then its fee, then the publisher's share that is not payable, and last the payable
 * one; so that what stays payable never exceeds the funded credit that stays spent.
 *
 * @param promo and {@code funded}: to the caller; the others are taken
 */
record RefundSplit(Credits promo, Credits funded, Credits compute, Credits fee, Credits unfunded, Credits payable) {
    static final RefundSplit NOTHING =
            new RefundSplit(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO);

    /** All of a charge. */
    static RefundSplit whole(Credits total, Credits royalty, Credits fee, Credits compute, Credits promo) {
        Credits funded = total.minus(promo);
        Credits share = royalty.minus(fee);
        Credits payable = share.min(funded);
        return new RefundSplit(promo, funded, compute, fee, share.minus(payable), payable);
    }

    /** A part of what is left of a charge. */
    RefundSplit part(Credits amount) {
        Credits back = promo.min(amount);
        Credits fromCompute = compute.min(amount);
        Credits rest = amount.minus(fromCompute);
        Credits fromFee = fee.min(rest);
        rest = rest.minus(fromFee);
        Credits fromUnfunded = unfunded.min(rest);
        return new RefundSplit(back, amount.minus(back), fromCompute, fromFee, fromUnfunded, rest.minus(fromUnfunded));
    }

    RefundSplit less(RefundSplit other) {
        return new RefundSplit(
                promo.minus(other.promo),
                funded.minus(other.funded),
                compute.minus(other.compute),
                fee.minus(other.fee),
                unfunded.minus(other.unfunded),
                payable.minus(other.payable));
    }

    Credits amount() {
        return promo.plus(funded);
    }
}
