package io.algomat.workers;

import io.algomat.platform.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way out of a worker: how the call that it has in hand calls other algorithms, on its root caller's account. */
public interface CallOut {
    /** For calls that may make no others. */
    CallOut NONE = (algorithm, input, timeout) -> {
        throw io.algomat.platform.Problem.of(
                io.algomat.platform.ErrorCode.FORBIDDEN, "This call may not call other algorithms");
    };

    /**
     * Runs a nested call and waits for its end, on a virtual thread of the caller's.
     *
     * @param algorithm {@code owner/name}, with or without a version segment
     * @param timeout the algorithm's wish; what is left of its own call's time bounds it
     * @throws io.algomat.platform.Problem for all that the platform refuses: unknown, too deep, a cycle, no credit
     */
    WorkerOutcome call(String algorithm, Payload input, @Nullable Duration timeout);
}
