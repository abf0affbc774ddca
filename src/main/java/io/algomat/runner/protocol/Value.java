package io.algomat.runner.protocol;

import java.nio.charset.StandardCharsets;

/** A payload inside a worker: an algorithm's input or output. The array is not copied. */
public record Value(Kind kind, byte[] bytes) {
    /** No end takes a larger payload, whatever it was told. */
    public static final int MAX_BYTES = 64 << 20;

    public static Value json(String json) {
        return new Value(Kind.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
