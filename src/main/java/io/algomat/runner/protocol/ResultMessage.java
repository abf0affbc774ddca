package io.algomat.runner.protocol;

import java.io.IOException;
import java.util.UUID;

/**
 * RESULT and its CHUNKs.
 *
 * @param computeNanos the task's own time, by the worker's monotonic clock; what billing counts
 */
public record ResultMessage(UUID callId, long computeNanos, Value output) {
    public void send(FrameChannel channel) throws IOException {
        Chunks.send(
                channel,
                FrameType.RESULT,
                callId,
                new BodyWriter().u64(computeNanos).bytes(),
                output);
    }

    /** @param limit the largest output that was asked for; more breaks the protocol */
    public static ResultMessage receive(FrameChannel channel, Frame first, int limit) throws IOException {
        BodyReader in = new BodyReader(first.type(), first.body());
        long computeNanos = in.u64();
        return new ResultMessage(first.callId(), computeNanos, Chunks.receive(channel, first, in, limit));
    }
}
