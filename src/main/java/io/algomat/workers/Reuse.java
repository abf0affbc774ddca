package io.algomat.workers;

import java.util.Locale;

/** For whom a worker that has served a call may work next; the narrower, the less a call can leave behind for another. */
public enum Reuse {
    /** For every caller of the version: tasks without code, the owner's own calls, verified publishers. */
    SHARED,
    /** For the caller that it began with, until it rests too long. The default for code. */
    PER_CALLER,
    /** For nobody: the process ends with its first call. */
    PER_CALL;

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Reuse ofWire(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
