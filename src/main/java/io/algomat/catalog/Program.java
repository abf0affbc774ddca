package io.algomat.catalog;

import io.algomat.workers.Limits;
import io.algomat.workers.Reuse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version's workers run, and within which bounds, as its manifest asks for it.
 *
 * @param runtime {@code djl}, {@code python}, {@code node}, {@code java} or {@code pipeline}
 * @param task what a djl worker does; for code the entry, a path in the bundle or a Java class name
 * @param options the task's settings; for code also the language's version under {@code python} or {@code node}
 * @param device {@code cpu} or {@code gpu}
 * @param retrySafe whether a call may run a second time after its worker died
 * @param calls the algorithms that it calls, as {@code owner/name}
 * @param pipeline the steps of a pipeline; null for every other runtime
 */
public record Program(
        String runtime,
        String task,
        Map<String, String> options,
        String device,
        Reuse reuse,
        Limits limits,
        boolean retrySafe,
        List<String> calls,
        @Nullable Pipeline pipeline) {
    static final String DJL = "djl";
    static final String PIPELINE = "pipeline";

    public Program {
        options = Map.copyOf(options);
        calls = List.copyOf(calls);
    }

    /** Whether workers run what the publisher wrote. */
    public boolean code() {
        return !runtime.equals(DJL) && !runtime.equals(PIPELINE);
    }
}
