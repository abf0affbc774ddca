package io.algomat.workers;

import io.algomat.platform.Units;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.ResultMessage;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** A loaded worker as its pool sees it: it takes one call at a time, or one batch of calls. */
interface Worker {
    /** How a call on a worker ended. */
    sealed interface Reply {
        /**
         * @param log what the call wrote to stdout and stderr
         * @param metrics what it reported, by name
         */
        record Result(ResultMessage message, String log, Map<String, Units> metrics) implements Reply {}

        /** @param log what the call wrote to stdout and stderr */
        record Failed(Failure failure, String log) implements Reply {}

        /**
         * The process is gone.
         *
         * @param begun whether it had the call; else another worker may take it, whatever it is
         */
        record Lost(boolean begun) implements Reply {}
    }

    String name();

    /** How many calls it runs together at the most; 1 for one at a time. */
    int largestBatch();

    /** What it took of the memory when it had loaded, as it measured itself; 0 where that is unknown. */
    long residentBytes();

    /**
     * Hands it calls to be run together, and does not wait for their ends. A reply is there after the worker was given
     * back: it told its owner that it is free, or spent.
     *
     * @param calls 1 to {@link #largestBatch}
     * @return a reply for each, in their order
     */
    List<CompletableFuture<Reply>> begin(List<WorkerCall> calls);

    /**
     * The call's deadline has passed or its caller is gone. The worker answers soon, and tells its owner that it is free
     * again, or it is killed. Calls that run together with it are not hurt.
     */
    void abandon(UUID callId);

    /** Kills the process when a call holds it longer than it may. */
    void sweep(long nanoTime);

    /** Ends the process at once; its pool hears of it when it is gone. */
    void stop();
}
