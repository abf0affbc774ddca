package io.algomat.calls;

import java.util.Locale;

/** How a call ended, as the log tells it. */
public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** It succeeded, but whether the charge was committed was not known when the caller was told. */
    UNCONFIRMED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Outcome of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
