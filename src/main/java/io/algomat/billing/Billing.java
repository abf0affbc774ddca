package io.algomat.billing;

import io.algomat.platform.Credits;

/** The money side of a call. Behind this interface a group commit may take the place of a transaction per call. */
public interface Billing {
    /** Sets credit aside. @throws io.algomat.platform.Problem payment-required, with required and available */
    Hold hold(HoldRequest request);

    /**
     * Charges a successful call and returns when the charge is committed. Charging a call id twice charges it once.
     *
     * @throws io.algomat.platform.Problem charge-unconfirmed, when the database did not answer in time
     */
    Charge capture(Hold hold, long billedMillis);

    /** Frees the hold of a call that failed or was cancelled; it costs nothing. */
    void release(Hold hold);

    /** What the account can spend now: promo and funded credit less what is held. */
    Credits available(long ownerId);
}
