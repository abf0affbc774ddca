package io.algomat.billing;

import io.algomat.platform.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How money comes in. */
@ConfigMapping(prefix = "algomat.payments")
public interface PaymentsConfig {
    /**
     * What a payment provider signs its messages with, at least 16 characters. Without it no message is taken, and credit
     * comes from administrators alone.
     */
    @Secret
    Optional<String> webhookSecret();

    /** How old a provider's message may be, or ahead of our clock: what was overheard cannot be sent again later. */
    @WithDefault("5m")
    Duration webhookTolerance();

    /** The site's currency: three letters. 10,000 credits are one unit of it, 100 credits its hundredth part. */
    @WithDefault("EUR")
    String currency();

    /** Where somebody pays for credit, shown on the billing page; {@code ACCOUNT} in it becomes the account's name. */
    Optional<String> topUpUrl();
}
