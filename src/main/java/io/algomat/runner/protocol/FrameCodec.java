package io.algomat.runner.protocol;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Frames to bytes and back. All numbers are big-endian:
 *
 * <pre>length u32 (of what follows it) · type u8 · flags u8 · kind u8 · zero u8 · call id 16 bytes · body</pre>
 */
public final class FrameCodec {
    private static final int LENGTH_BYTES = 4;
    private static final int AFTER_LENGTH = Frame.HEADER_BYTES - LENGTH_BYTES;
    private static final int FLAG_MORE = 1;

    private FrameCodec() {}

    public static byte[] encode(Frame frame) {
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER_BYTES + frame.body().length);
        putHeader(out, frame);
        return out.put(frame.body()).array();
    }

    static void putHeader(ByteBuffer out, Frame frame) {
        if (frame.body().length > Frame.MAX_BODY_BYTES) {
            throw new IllegalArgumentException("a body of " + frame.body().length + " bytes must be cut into chunks");
        }
        out.putInt(AFTER_LENGTH + frame.body().length)
                .put((byte) frame.type().code())
                .put((byte) (frame.more() ? FLAG_MORE : 0))
                .put((byte) frame.kind().ordinal())
                .put((byte) 0)
                .putLong(frame.callId().getMostSignificantBits())
                .putLong(frame.callId().getLeastSignificantBits());
    }

    /** Reads a header, checks it and leaves the buffer at the body. */
    static Header header(ByteBuffer in) throws ProtocolException {
        int length = in.getInt();
        if (length < AFTER_LENGTH || length > AFTER_LENGTH + Frame.MAX_BODY_BYTES) {
            throw new ProtocolException("a frame of " + Integer.toUnsignedString(length) + " bytes; allowed are "
                    + AFTER_LENGTH + " to " + (AFTER_LENGTH + Frame.MAX_BODY_BYTES));
        }
        FrameType type = FrameType.of(Byte.toUnsignedInt(in.get()));
        int flags = Byte.toUnsignedInt(in.get());
        Kind kind = Kind.of(Byte.toUnsignedInt(in.get()));
        int zero = in.get();
        if ((flags & ~FLAG_MORE) != 0 || zero != 0) {
            throw new ProtocolException("reserved bits are set in the header of a " + type + " frame");
        }
        UUID callId = new UUID(in.getLong(), in.getLong());
        return new Header(type, flags == FLAG_MORE, kind, callId, length - AFTER_LENGTH);
    }

    record Header(FrameType type, boolean more, Kind kind, UUID callId, int bodyBytes) {
        Frame with(byte[] body) {
            return new Frame(type, more, kind, callId, body);
        }
    }
}
