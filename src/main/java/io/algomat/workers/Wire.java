package io.algomat.workers;

import io.algomat.platform.Payload;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;

/** Payloads as the frames carry them, and back; no byte is copied. */
final class Wire {
    private Wire() {}

    static Value value(Payload payload) {
        Kind kind = switch (payload.kind()) {
            case VOID -> Kind.VOID;
            case TEXT -> Kind.TEXT;
            case JSON -> Kind.JSON;
            case BINARY -> Kind.BINARY;
        };
        return new Value(kind, payload.bytes());
    }

    static Payload payload(Value value) {
        Payload.Kind kind = switch (value.kind()) {
            case VOID -> Payload.Kind.VOID;
            case TEXT -> Payload.Kind.TEXT;
            case JSON -> Payload.Kind.JSON;
            case BINARY -> Payload.Kind.BINARY;
        };
        return new Payload(kind, value.bytes());
    }
}
