package io.algomat.runner.protocol;

import java.util.UUID;

/**
 * OUT_ERROR: a nested call failed, or was refused.
 *
 * @param number the one of its CALL_OUT
 * @param errorType Algorithmia's name where the nested algorithm failed, a slug such as {@code payment-required} where
 *     the platform refused
 */
public record OutError(int number, String errorType, String message) {
    public Frame frame(UUID callId) {
        byte[] body = new BodyWriter()
                .u32(number)
                .string(Failure.cut(errorType))
                .string(Failure.cut(message))
                .bytes();
        return new Frame(FrameType.OUT_ERROR, false, Kind.VOID, callId, body);
    }

    public static OutError of(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        OutError error = new OutError(in.u32(), in.string(), in.string());
        in.end();
        return error;
    }
}
