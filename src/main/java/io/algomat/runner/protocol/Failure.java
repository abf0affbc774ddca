package io.algomat.runner.protocol;

import java.util.UUID;

/**
 * ERROR: a call, or with {@link Frame#NO_CALL} the loading, failed.
 *
 * @param errorType one of Algorithmia's names
 * @param stacktrace empty when there is none
 */
public record Failure(long computeNanos, String errorType, String message, String stacktrace) {
    private static final int MAX_TEXT = 64 << 10;

    public Frame frame(UUID callId) {
        byte[] body = new BodyWriter()
                .u64(computeNanos)
                .string(cut(errorType))
                .string(cut(message))
                .string(cut(stacktrace))
                .bytes();
        return new Frame(FrameType.ERROR, false, Kind.VOID, callId, body);
    }

    public static Failure of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        Failure failure = new Failure(in.u64(), in.string(), in.string(), in.string());
        in.end();
        return failure;
    }

    static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
