package io.algomat.catalog;

import java.util.Locale;

/** How far a new version is from the one before it. */
public enum Step {
    MAJOR,
    MINOR,
    REVISION;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
