package io.algomat.runner.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads a body's fields; every field is checked against what is left, so a false length allocates nothing. */
final class BodyReader {
    private final FrameType type;
    private final ByteBuffer in;

    BodyReader(FrameType type, byte[] body) {
        this.type = type;
        this.in = ByteBuffer.wrap(body);
    }

    int u8() throws ProtocolException {
        need(1);
        return Byte.toUnsignedInt(in.get());
    }

    /** An unsigned number that must fit an int. */
    int u32() throws ProtocolException {
        need(4);
        int value = in.getInt();
        if (value < 0) {
            throw new ProtocolException("a number over 2147483647 in a " + type + " frame");
        }
        return value;
    }

    long u64() throws ProtocolException {
        need(8);
        return in.getLong();
    }

    String string() throws ProtocolException {
        int length = u32();
        need(length);
        String value = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return value;
    }

    byte[] rest() {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    void end() throws ProtocolException {
        if (in.hasRemaining()) {
            throw new ProtocolException(in.remaining() + " bytes too many in a " + type + " frame");
        }
    }

    private void need(int bytes) throws ProtocolException {
        if (in.remaining() < bytes) {
            throw new ProtocolException("a " + type + " frame that is cut short");
        }
    }
}
