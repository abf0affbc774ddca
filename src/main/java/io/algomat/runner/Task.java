package io.algomat.runner;

import io.algomat.runner.protocol.Value;

/** What a worker does with an input, loaded once and then run by one thread, one call at a time. */
public interface Task {
    /**
     * @throws InputException when the caller's input is at fault
     * @throws InterruptedException when the call was cancelled
     */
    Value run(Value input) throws Exception;
}
