package io.algomat.runner.protocol;

/** What a frame is; the code is the byte on the wire and never changes its meaning. */
public enum FrameType {
    HELLO(1),
    READY(2),
    LOAD(3),
    LOADED(4),
    CALL(5),
    RESULT(6),
    ERROR(7),
    CHUNK(8),
    /** A nested call. */
    CALL_OUT(9),
    CANCEL(10),
    LOG(11),
    METRIC(12),
    PING(13),
    DRAIN(14),
    OUT_RESULT(15),
    OUT_ERROR(16),
    BATCH(17);

    private static final FrameType[] BY_CODE = new FrameType[18];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static FrameType of(int code) throws ProtocolException {
        if (code < 1 || code >= BY_CODE.length) {
            throw new ProtocolException("unknown frame type " + code);
        }
        return BY_CODE[code];
    }
}
