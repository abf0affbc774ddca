package io.algomat.runner;

import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.Load;

/** What kind of tasks a worker process runs. */
public interface TaskLoader {
    /** @param incoming where its calls come from */
    record Prepared(Task task, Incoming incoming, CallObserver observer) {}

    /** The process is connected, and not told yet what to load. */
    void waits();

    /**
     * On the thread that will run the calls.
     *
     * @param data for what the task sends while it has a call in hand
     * @throws LoadException when it cannot be loaded as the manifest describes it
     */
    Prepared load(Load load, FrameChannel data) throws Exception;
}
