package io.algomat.workers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Worker processes and their sandbox. */
@ConfigMapping(prefix = "algomat.workers")
public interface WorkersConfig {
    /** The folder of algomat-runner.jar and its lib folder, as the build made it. */
    @WithDefault("target/runner")
    Path runner();

    /** The JDK that workers run on; the gateway's own when it is not set. */
    Optional<Path> javaHome();

    /** Bubblewrap's program, as a name on the PATH or a path. */
    @WithDefault("bwrap")
    String bwrap();

    /**
     * Whether code of publishers is refused where the machine has no control groups. Without them each process alone is
     * bounded, so that a program that forks has more than its share; it then has a process for each call.
     */
    @WithDefault("true")
    boolean requireControlGroups();

    /** The most workers that one pool may hold; 0 means one for each processor. */
    @WithDefault("0")
    int maxPerPool();

    /** What all workers together may take in megabytes; 0 means half of the machine's memory. */
    @WithDefault("0")
    long memoryMb();

    /** The heap of one djl worker in megabytes; a model's weights lie outside of it. */
    @WithDefault("512")
    int heapMb();

    /** The most workers of a pool whose workers are kept for a caller or a call; 0 means four for each processor. */
    @WithDefault("0")
    int maxPerBoundPool();

    /** A worker that had no call for so long is stopped, until the version's own pauses are known. */
    @WithDefault("5m")
    Duration idle();

    /** A worker is never stopped sooner than this, whatever was learned; idle where that is less. */
    @WithDefault("10s")
    Duration idleLeast();

    /** Nor does one stay longer than this without a call. */
    @WithDefault("30m")
    Duration idleMost();

    /** Calls that may wait in one pool; one more is refused. One caller may fill its share of them alone. */
    @WithDefault("1024")
    int queue();

    /** A call that would have to wait longer than this is refused, whatever its deadline. */
    @WithDefault("5m")
    Duration queueTime();

    /** Sandboxes of each kind that are started before they are wanted, while memory is plenty; 0 for none. */
    @WithDefault("1")
    int spares();

    /** How long they are kept after the last start of their kind. */
    @WithDefault("10m")
    Duration spareTime();

    /** Whether what a djl worker's JVM loads is kept for later starts: made once, takes 20 MB of disk. */
    @WithDefault("true")
    boolean aotCache();

    /** GPUs that are not there, for tests of what happens around them; nothing computes on them, and they say FAKE. */
    @WithDefault("0")
    int fakeGpus();

    /** How long calls that run together may take; a batch grows no further. */
    @WithDefault("100ms")
    Duration batchTarget();

    /** How long a worker may take until it is ready and loaded. */
    @WithDefault("60s")
    Duration startTimeout();

    /** How long a worker may take to give up a cancelled call before it is killed. */
    @WithDefault("1s")
    Duration cancelGrace();
}
