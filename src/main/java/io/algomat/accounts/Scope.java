package io.algomat.accounts;

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
}
