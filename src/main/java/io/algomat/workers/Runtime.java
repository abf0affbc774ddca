package io.algomat.workers;

import java.util.Locale;

/** What runs inside a worker process. */
public enum Runtime {
    /** A model and a declared task, no code of the publisher's. */
    DJL,
    PYTHON,
    NODE,
    JAVA;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the worker runs what a publisher wrote. */
    public boolean code() {
        return this != DJL;
    }
}
