package io.algomat.runner;

import io.algomat.runner.protocol.Value;
import java.util.Set;

/** Gives the value back unchanged, after {@code delay_ms} of waiting: for benchmarks, protocol tests and demonstrations. */
final class IdentityTask implements Task {
    private final int delayMillis;

    IdentityTask(Options options) throws LoadException {
        options.allow(Set.of("delay_ms"));
        this.delayMillis = options.whole("delay_ms", 0, 0, 600_000);
    }

    @Override
    public Value run(Value input) throws InterruptedException {
        if (delayMillis > 0) {
            Thread.sleep(delayMillis);
        }
        return input;
    }
}
