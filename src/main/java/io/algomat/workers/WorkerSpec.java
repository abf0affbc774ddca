package io.algomat.workers;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a pool needs to know of a version; immutable, and equal specs share a pool.
 *
 * @param pool the pool's key, unique for a version (or for a draft under test)
 * @param task what a djl worker does ({@code text-embedding}, {@code identity}…); for code the entry, a path in the bundle
 *     such as {@code src/Hello.py}, or a class name for java
 * @param options the task's settings from the manifest (file names, thresholds, labels); for code the language's version
 *     under {@code python} or {@code node}
 * @param artifact the unpacked bundle, mounted read-only in the sandbox as {@code /algo}
 * @param dependencies what the build made of the bundle (installed packages, compiled classes), mounted read-only as
 *     {@code /deps}; null where there was nothing to build
 * @param device {@code cpu} or {@code gpu}: any one of the machine's; for the start of a worker the one that was chosen,
 *     such as {@code gpu:1}
 * @param trusted whether it belongs to the site itself, and so may run where there is no sandbox
 * @param retrySafe whether a call may run a second time after its worker died
 */
public record WorkerSpec(
        String pool,
        Runtime runtime,
        String task,
        Map<String, String> options,
        Path artifact,
        @Nullable Path dependencies,
        String device,
        Reuse reuse,
        Limits limits,
        boolean trusted,
        boolean retrySafe) {
    public WorkerSpec {
        options = Map.copyOf(options);
    }

    boolean gpu() {
        return !device.equals(Device.CPU);
    }

    /** The same with another folder for its bundle. */
    WorkerSpec in(Path folder) {
        return new WorkerSpec(
                pool, runtime, task, options, folder, dependencies, device, reuse, limits, trusted, retrySafe);
    }

    /** The same, to be started on this device. */
    WorkerSpec on(String chosen) {
        return new WorkerSpec(
                pool, runtime, task, options, artifact, dependencies, chosen, reuse, limits, trusted, retrySafe);
    }

    /** The same, for whom its workers may work next. */
    WorkerSpec reused(Reuse chosen) {
        return new WorkerSpec(
                pool, runtime, task, options, artifact, dependencies, device, chosen, limits, trusted, retrySafe);
    }
}
