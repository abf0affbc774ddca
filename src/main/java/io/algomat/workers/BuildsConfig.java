package io.algomat.workers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The builds of uploaded code: installing what it depends on, compiling what it is written in. */
@ConfigMapping(prefix = "algomat.builds")
public interface BuildsConfig {
    /** How long one build may take. */
    @WithDefault("10m")
    Duration timeout();

    /** What a build may take of the machine's memory, in megabytes. */
    @WithDefault("1536")
    long memoryMb();

    /** What a build may write to the disk, in megabytes: packages, caches and the result together. */
    @WithDefault("2048")
    long diskMb();

    /** The most files that a build may leave. */
    @WithDefault("60000")
    int maxFiles();

    /** Processes and threads of one build together. */
    @WithDefault("256")
    int processes();

    /**
     * Further hosts that builds may reach, as host or host:port, separated by commas: where an index sends its clients on to.
     * The hosts of the index itself are read from the settings of pip, npm and Maven.
     */
    Optional<List<String>> hosts();

    /** Maven's home; found by the PATH where it is not set. */
    Optional<Path> maven();
}
