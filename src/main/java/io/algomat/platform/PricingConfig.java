package io.algomat.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The site's prices. Rate and fee are copied into a version when it is published; a change touches later versions only. */
@ConfigMapping(prefix = "algomat.billing")
public interface PricingConfig {
    /** Promo credits that a new account is given. */
    @WithDefault("10000")
    long signUpGrant();

    /** What the site charges for a millisecond of compute on {@code cpu}, in micro-credits; 1000 is one credit a second. */
    @WithDefault("1000")
    long cpuRatePerMs();

    /** The same for a millisecond on a GPU. */
    @WithDefault("3000")
    long gpuRatePerMs();

    /** What a millisecond costs on a device of this kind, {@code cpu} or {@code gpu}. */
    default Credits ratePerMs(String kind) {
        return Credits.micro(kind.equals("gpu") ? gpuRatePerMs() : cpuRatePerMs());
    }

    /** The site's share of the royalty in basis points; 1500 is 15 %. */
    @WithDefault("1500")
    int takeBps();
}
