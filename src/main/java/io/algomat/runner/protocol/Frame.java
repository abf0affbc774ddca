package io.algomat.runner.protocol;

import java.util.UUID;

/**
 * One frame.
 *
 * @param more whether CHUNK frames of the same call follow
 * @param kind what the payload is; VOID on frames that carry none
 * @param callId {@link #NO_CALL} on frames that belong to no call
 */
public record Frame(FrameType type, boolean more, Kind kind, UUID callId, byte[] body) {
    public static final UUID NO_CALL = new UUID(0, 0);

    /** Bytes before the body, the length field among them. */
    public static final int HEADER_BYTES = 24;

    /** A larger body is refused by its reader before anything is allocated. */
    public static final int MAX_BODY_BYTES = 1 << 20;

    private static final byte[] EMPTY = {};

    public static Frame of(FrameType type) {
        return new Frame(type, false, Kind.VOID, NO_CALL, EMPTY);
    }

    public static Frame of(FrameType type, byte[] body) {
        return new Frame(type, false, Kind.VOID, NO_CALL, body);
    }

    public static Frame of(FrameType type, UUID callId) {
        return new Frame(type, false, Kind.VOID, callId, EMPTY);
    }
}
