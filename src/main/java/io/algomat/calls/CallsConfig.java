package io.algomat.calls;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of calls and the life of the call log. */
@ConfigMapping(prefix = "algomat.calls")
public interface CallsConfig {
    /** The largest input; a larger one is refused with 413. */
    @WithDefault("10M")
    MemorySize maxInput();

    /** The largest output; a larger one fails the call with {@code TooLargeError}, free of charge. */
    @WithDefault("15M")
    MemorySize maxOutput();

    /** How many calls a minute are admitted. A limit of 0 is no limit; a whole minute's calls may come at once. */
    Limits perMinute();

    /** How long the call log keeps a call. Charges stay in the ledger for good. */
    @WithDefault("90d")
    Duration logRetention();

    /** How long the answer of a call with an idempotency key is kept, to be given to who repeats it. */
    @WithDefault("24h")
    Duration answerRetention();

    /** The largest output that is kept for that. */
    @WithDefault("1M")
    MemorySize maxKeptAnswer();

    /** Calls a minute. */
    interface Limits {
        /** By one API key. */
        @WithDefault("6000")
        long key();

        /** By one account, over all its keys and the playground. */
        @WithDefault("12000")
        long account();

        /** From one address, over all accounts. */
        @WithDefault("12000")
        long address();

        /** From one address on the guest account: what a visitor may try. */
        @WithDefault("60")
        long guestAddress();
    }
}
