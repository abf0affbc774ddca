package io.algomat.accounts;

import java.util.Arrays;

/** What an API key may do. {@code call} is not {@code publish}. */
public enum Scope {
    CALL("call"),
    PUBLISH("publish"),
    READ_USAGE("read:usage");

    private final String wire;

    Scope(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /** @throws IllegalArgumentException when there is no scope of that name */
    public static Scope ofWire(String wire) {
        return Arrays.stream(values())
                .filter(scope -> scope.wire.equals(wire))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no scope '" + wire + "'"));
    }
}
