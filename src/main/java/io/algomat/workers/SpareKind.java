package io.algomat.workers;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is fixed of a sandbox when it starts. A worker may begin in one that was started before it was wanted if the kinds are
 * equal.
 *
 * @param language the interpreter's version that a manifest asks for; empty for any
 * @param engine a djl worker's second engine, or empty
 * @param dependencies what it sees as {@code /deps}, or null
 * @param artifact where the bundle itself is fixed: a JVM looks for a program's jars when it starts; else null
 * @param limits those that cannot be set later
 */
record SpareKind(
        Runtime runtime,
        String language,
        String engine,
        @Nullable Path dependencies,
        @Nullable Path artifact,
        Limits limits) {
    private static final long JVM_BYTES = 128L << 20;
    private static final long INTERPRETER_BYTES = 64L << 20;

    /** @param grouped whether a control group bounds memory, processes and processor time, and so can be told later */
    static SpareKind of(WorkerSpec spec, boolean grouped) {
        Limits all = spec.limits();
        // The heaps of these two are sized by the memory when they start.
        boolean heap = spec.runtime() == Runtime.JAVA || spec.runtime() == Runtime.NODE;
        Limits fixed =
                new Limits(heap ? all.memoryBytes() : 0, 0, Duration.ZERO, all.temporaryBytes(), 0, all.openFiles(), 0);
        return new SpareKind(
                spec.runtime(),
                spec.options().getOrDefault(spec.runtime().wire(), ""),
                PyTorchFiles.wants(spec) ? "pytorch" : "",
                spec.dependencies(),
                spec.runtime() == Runtime.JAVA ? spec.artifact() : null,
                grouped ? fixed : all);
    }

    /** What one takes while it waits. */
    long bytes() {
        return runtime == Runtime.DJL || runtime == Runtime.JAVA ? JVM_BYTES : INTERPRETER_BYTES;
    }
}
