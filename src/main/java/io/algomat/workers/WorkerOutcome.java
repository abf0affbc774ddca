package io.algomat.workers;

import io.algomat.platform.Payload;
import io.algomat.platform.Units;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call that a worker took. What the platform did (overload, worker lost twice, no sandbox) is thrown as
 * a {@link io.algomat.platform.Problem} instead.
 */
public sealed interface WorkerOutcome {
    Timing timing();

    /**
     * @param log what it wrote to stdout and stderr, cut at the version's limit; may hold what the caller sent
     * @param metrics what it reported, by name, each added up
     */
    record Succeeded(Payload output, String log, Timing timing, Map<String, Units> metrics) implements WorkerOutcome {
        public Succeeded {
            metrics = Map.copyOf(metrics);
        }

        /** Without metrics. */
        public Succeeded(Payload output, String log, Timing timing) {
            this(output, log, timing, Map.of());
        }
    }

    /**
     * The algorithm failed.
     *
     * @param errorType one of Algorithmia's names: {@code AlgorithmError}, {@code InputError}, {@code TimeoutError}…
     * @param stacktrace for the publisher's own eyes only, or null
     * @param log what it wrote to stdout and stderr, cut at the version's limit; may hold what the caller sent
     */
    record Failed(
            String errorType, String message, @Nullable String stacktrace, String log, Timing timing)
            implements WorkerOutcome {}

    /** The caller gave it up before it ended. */
    record Cancelled(Timing timing) implements WorkerOutcome {}
}
