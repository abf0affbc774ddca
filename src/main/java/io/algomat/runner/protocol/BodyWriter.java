package io.algomat.runner.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a body's fields: big-endian numbers, strings as u32 length and UTF-8. */
final class BodyWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

    BodyWriter u8(int value) {
        out.write(value);
        return this;
    }

    BodyWriter u32(int value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
        return this;
    }

    BodyWriter u64(long value) {
        out.writeBytes(ByteBuffer.allocate(8).putLong(value).array());
        return this;
    }

    BodyWriter string(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
