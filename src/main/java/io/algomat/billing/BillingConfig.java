package io.algomat.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How billing behaves; what things cost stands in {@link io.algomat.platform.PricingConfig}. */
@ConfigMapping(prefix = "algomat.billing")
public interface BillingConfig {
    /** What all visitors together may spend in a day (UTC), in promo credits: the guest account is filled up to this. */
    @WithDefault("10000")
    long guestAllowance();

    /** How long a finished call waits for its charge to be committed while the database is away. */
    @WithDefault("30s")
    Duration confirmWithin();

    /** How long to wait before a charge is tried again that the database did not take. */
    @WithDefault("100ms")
    Duration retryEvery();

    /** For how long promo credit may lie unused before it expires; 0 for ever. The visitors' allowance is left alone. */
    @WithDefault("365d")
    Duration promoExpiresAfter();

    /** How often the ledger is held against its rules; a large one less often, so that it is read a tenth of the time. */
    @WithDefault("15m")
    Duration reconcileEvery();
}
