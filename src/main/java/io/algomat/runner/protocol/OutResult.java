package io.algomat.runner.protocol;

import java.io.IOException;
import java.util.UUID;

/**
 * OUT_RESULT and its CHUNKs: what a nested call gave.
 *
 * @param callId the call that made it
 * @param number the one of its CALL_OUT
 */
public record OutResult(UUID callId, int number, Value output) {
    public void send(FrameChannel channel) throws IOException {
        Chunks.send(
                channel,
                FrameType.OUT_RESULT,
                callId,
                new BodyWriter().u32(number).bytes(),
                output);
    }

    public static OutResult receive(FrameChannel channel, Frame first) throws IOException {
        BodyReader in = new BodyReader(first.type(), first.body());
        int number = in.u32();
        return new OutResult(first.callId(), number, Chunks.receive(channel, first, in, Value.MAX_BYTES));
    }
}
