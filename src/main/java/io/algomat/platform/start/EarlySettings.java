package io.algomat.platform.start;

import io.smallrye.config.SmallRyeConfigBuilder;

/** The same settings from the same places, before Quarkus is there to read them. */
public final class EarlySettings {
    EarlySettings() {}

    /** A feature's settings, as its beans will see them. */
    public <T> T of(Class<T> mapping) {
        return new SmallRyeConfigBuilder()
                .addSystemSources()
                .withSources(new SettingFilesSource())
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withValidateUnknown(false)
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
