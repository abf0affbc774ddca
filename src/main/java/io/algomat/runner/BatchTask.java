package io.algomat.runner;

import io.algomat.runner.protocol.Value;
import java.util.List;

/**
 * A task that can run several calls' inputs in one go. What each input needs by itself is done first, so that a bad one
 * fails its own call alone.
 *
 * @param <P> an input that has been read
 */
interface BatchTask<P> extends Task {
    /** The most calls that it is given at once; 1 where the model takes no more. */
    int largestBatch();

    /** @throws InputException when the caller's input is at fault */
    P prepare(Value input) throws Exception;

    /** The outputs, in the order of the inputs, each what it would be alone. */
    List<Value> together(List<P> prepared) throws Exception;

    @Override
    default Value run(Value input) throws Exception {
        return together(List.of(prepare(input))).getFirst();
    }
}
