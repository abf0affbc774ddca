package io.algomat.billing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How publishers are paid out. */
@ConfigMapping(prefix = "algomat.payouts")
public interface PayoutsConfig {
    /** The least that is paid out at a time, in credits. */
    @WithDefault("100000")
    long minimum();

    /** For how long what was earned stays pending: refunds and charge-backs come early. */
    @WithDefault("7d")
    Duration maturity();

    /** Payouts of more credits than this need two administrators. */
    @WithDefault("10000000")
    long secondApprovalAbove();
}
