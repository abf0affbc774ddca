package io.algomat.runner.protocol;

/** What a payload's bytes are; the ordinal is the byte on the wire. */
public enum Kind {
    VOID,
    TEXT,
    JSON,
    BINARY;

    private static final Kind[] VALUES = values();

    static Kind of(int code) throws ProtocolException {
        if (code < 0 || code >= VALUES.length) {
            throw new ProtocolException("unknown payload kind " + code);
        }
        return VALUES[code];
    }
}
