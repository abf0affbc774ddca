package io.algomat.workers;

import java.nio.file.Path;
import java.util.Map;

/**
 * All that a pool needs to know of a version; immutable, and equal specs share a pool.
 *
 * @param pool the pool's key, unique for a version (or for a draft under test)
 * @param task what a djl worker does: {@code text-embedding}, {@code object-detection}, {@code tensor}, {@code identity}
 * @param options the task's settings from the manifest (file names, thresholds, labels)
 * @param artifact the unpacked bundle, mounted read-only in the sandbox as {@code /algo}
 * @param device {@code cpu} or {@code gpu:N}
 * @param memoryBytes what one worker is expected to take; the pool's byte budget counts it
 * @param trusted whether it belongs to the site itself, and so may run where there is no sandbox
 * @param retrySafe whether a call may run a second time after its worker died
 */
public record WorkerSpec(
        String pool,
        Runtime runtime,
        String task,
        Map<String, String> options,
        Path artifact,
        String device,
        long memoryBytes,
        boolean trusted,
        boolean retrySafe) {
    public WorkerSpec {
        options = Map.copyOf(options);
    }
}
