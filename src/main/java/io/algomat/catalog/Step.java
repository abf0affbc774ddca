package io.algomat.catalog;

import io.algomat.platform.Problem;
import java.util.Locale;
import java.util.stream.Stream;

/** How far a new version is from the one before it. */
public enum Step {
    MAJOR,
    MINOR,
    REVISION;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Problem invalid, naming the words that there are */
    public static Step ofWire(String wire) {
        return Stream.of(values())
                .filter(value -> value.wire().equals(wire))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(
                        "step", "'" + EntryNames.shown(wire) + "' is no step; expected major, minor or revision"));
    }
}
