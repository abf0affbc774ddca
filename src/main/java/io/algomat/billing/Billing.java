package io.algomat.billing;

import io.algomat.platform.Credits;

/** The money side of a call. Behind this interface a group commit may take the place of a transaction per call. */
public interface Billing {
    /**
     * Sets credit aside. A nested call's is carved from what its root holds and does not need itself; when that is not
     * enough, the root's hold is extended from its caller's credit.
     *
     * @throws io.algomat.platform.Problem payment-required, with required and available
     */
    Hold hold(HoldRequest request);

    /**
     * Fixes what a nested call cost that succeeded. It is charged when its root is captured, and never when it is not.
     *
     * @throws io.algomat.platform.Problem payment-required, when its caller's limit does not pay for its units
     */
    void settle(Hold nested, Usage usage);

    default void settle(Hold nested, long billedMillis) {
        settle(nested, Usage.of(billedMillis));
    }

    /**
     * Charges a successful root call and all settled calls below it in one transaction, and returns when that is
     * committed. Charging a call id twice charges it once.
     *
     * @throws io.algomat.platform.Problem charge-unconfirmed, when the database did not answer in time; payment-required,
     *     when its caller's limit does not pay for its units
     */
    Charge capture(Hold root, Usage usage);

    default Charge capture(Hold root, long billedMillis) {
        return capture(root, Usage.of(billedMillis));
    }

    /** Frees the hold of a call that failed or was cancelled: it costs nothing, and neither do the calls below it. */
    void release(Hold hold);

    /** What the account can spend now: promo and funded credit less what is held. */
    Credits available(long ownerId);
}
