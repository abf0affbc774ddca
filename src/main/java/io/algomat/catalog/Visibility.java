package io.algomat.catalog;

import java.util.Locale;

/** Who can find and call a version: everyone, or its owner's members. */
public enum Visibility {
    PUBLIC,
    PRIVATE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
