package io.algomat.catalog;

import io.algomat.platform.Problem;
import java.util.Locale;
import java.util.stream.Stream;

/** Who can find and call a version: everyone, or its owner's members. */
public enum Visibility {
    PUBLIC,
    PRIVATE;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Problem invalid, naming the words that there are */
    public static Visibility ofWire(String wire) {
        return Stream.of(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "visibility", "'" + EntryNames.shown(wire) + "' is no visibility; expected public or private"));
    }
}
