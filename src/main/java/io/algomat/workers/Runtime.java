package io.algomat.workers;

import java.util.Locale;

/** What runs inside a worker process. */
public enum Runtime {
    DJL;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
