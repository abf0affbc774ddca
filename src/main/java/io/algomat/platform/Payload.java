package io.algomat.platform;

import java.nio.charset.StandardCharsets;

/**
 * An input or output of an algorithm as bytes with its kind. Text is UTF-8; JSON was checked once, where it came in, and
 * is never rebuilt as a tree on its way. The array is not copied: whoever makes a payload gives the bytes away.
 */
public record Payload(Kind kind, byte[] bytes) {
    public enum Kind {
        TEXT,
        JSON,
        BINARY,
        VOID;

        /** The word on the wire, as Algorithmia's {@code metadata.content_type} has it. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static Payload text(String text) {
        return new Payload(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Payload json(String json) {
        return new Payload(Kind.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    public static Payload binary(byte[] bytes) {
        return new Payload(Kind.BINARY, bytes);
    }

    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public int size() {
        return bytes.length;
    }
}
