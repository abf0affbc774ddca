package io.algomat.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What the whole gateway shares. */
@ConfigMapping(prefix = "algomat")
public interface PlatformConfig {
    /** The data folder: embedded database, objects, secrets, logs. */
    @WithDefault("data")
    Path data();

    /** The address that pages and snippets show, without a trailing slash; taken from the call when it is not set. */
    Optional<String> publicUrl();
}
