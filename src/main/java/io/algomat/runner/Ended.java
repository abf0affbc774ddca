package io.algomat.runner;

import io.algomat.runner.protocol.Value;
import java.util.concurrent.Callable;

/** How a call's run ended. */
sealed interface Ended {
    record Done(Value output) implements Ended {}

    record Failed(Throwable cause) implements Ended {}

    /** Runs it; nothing that it throws gets past. */
    static Ended of(Callable<Value> run) {
        try {
            return new Done(run.call());
        } catch (Throwable e) {
            return new Failed(e);
        }
    }
}
