package io.algomat.workers;

import java.time.Duration;

/**
 * What one worker may take of the machine.
 *
 * @param memoryBytes all of its memory, shared memory and temporary files included; the pool's byte budget counts it too
 * @param cpu processor time of one call; beyond it the call fails with {@code CpuLimitError}
 * @param temporaryBytes what it may write under /tmp
 * @param processes processes and threads together
 * @param openFiles descriptors of one process
 * @param gpuBytes what is set aside of its GPU's memory; 0 where it has none
 * @param logBytes what is kept of what one call writes to stdout and stderr
 */
public record Limits(
        long memoryBytes,
        long gpuBytes,
        Duration cpu,
        long temporaryBytes,
        int processes,
        int openFiles,
        int logBytes) {
    private static final Duration ENOUGH = Duration.ofSeconds(3000);
    private static final long TEMPORARY_BYTES = 64L << 20;
    private static final int PROCESSES = 64;
    private static final int OPEN_FILES = 256;
    private static final int LOG_BYTES = 64 << 10;

    /** The limits of a worker whose version says no more than its memory. */
    public static Limits of(long memoryBytes) {
        return new Limits(memoryBytes, 0, ENOUGH, TEMPORARY_BYTES, PROCESSES, OPEN_FILES, LOG_BYTES);
    }

    public Limits withGpu(long bytes) {
        return new Limits(memoryBytes, bytes, cpu, temporaryBytes, processes, openFiles, logBytes);
    }
}
