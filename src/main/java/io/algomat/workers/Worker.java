package io.algomat.workers;

import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.ResultMessage;

/** A loaded worker as its pool sees it: it takes one call at a time. */
interface Worker {
    /** How a call on a worker ended. */
    sealed interface Reply {
        record Result(ResultMessage message) implements Reply {}

        record Failed(Failure failure) implements Reply {}

        /** The deadline came first. The worker tells through its owner when it is free again, or dies. */
        record TimedOut() implements Reply {}

        /** The caller gave the call up. The worker tells through its owner when it is free again, or dies. */
        record GivenUp() implements Reply {}

        /**
         * The process is gone.
         *
         * @param begun whether it had the call; else another worker may take it, whatever it is
         */
        record Lost(boolean begun) implements Reply {}
    }

    String name();

    /** Runs a call and waits for its end. */
    Reply run(WorkerCall call);

    /** Kills the process when a call holds it longer than it may. */
    void sweep(long nanoTime);

    /** Ends the process at once; its pool hears of it when it is gone. */
    void stop();
}
