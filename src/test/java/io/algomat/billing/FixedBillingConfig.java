package io.algomat.billing;

import java.time.Duration;

/** Settings that a test chooses: how long a charge is tried, and for how long promo credit lasts. */
record FixedBillingConfig(Duration confirmWithin, Duration retryEvery, Duration promoExpiresAfter)
        implements BillingConfig {
    @Override
    public long guestAllowance() {
        return 0;
    }

    @Override
    public Duration reconcileEvery() {
        return Duration.ofDays(1);
    }
}
