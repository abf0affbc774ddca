package io.algomat.runner.protocol;

import java.io.IOException;
import java.util.UUID;

/**
 * CALL and its CHUNKs.
 *
 * @param remainingMillis until the call's deadline, counted from the sending
 * @param maxOutputBytes the largest output that the gateway takes
 */
public record CallMessage(UUID callId, int remainingMillis, int maxOutputBytes, Value input) {
    public void send(FrameChannel channel) throws IOException {
        byte[] fixed = new BodyWriter().u32(remainingMillis).u32(maxOutputBytes).bytes();
        Chunks.send(channel, FrameType.CALL, callId, fixed, input);
    }

    public static CallMessage receive(FrameChannel channel, Frame first) throws IOException {
        BodyReader in = new BodyReader(first.type(), first.body());
        int remainingMillis = in.u32();
        int maxOutputBytes = in.u32();
        Value input = Chunks.receive(channel, first, in, Value.MAX_BYTES);
        return new CallMessage(first.callId(), remainingMillis, maxOutputBytes, input);
    }
}
