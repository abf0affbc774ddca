package io.algomat.runner.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * CALL_OUT and its CHUNKs: a call that the call in hand makes.
 *
 * @param callId the call that makes it
 * @param number tells this one from the others of the same call
 * @param timeoutMillis the algorithm's wish; 0 for all that is left
 * @param algorithm {@code owner/name}, with or without a version
 */
public record OutCall(UUID callId, int number, int timeoutMillis, String algorithm, Value input) {
    private static final int LONGEST_ALGORITHM = 1000;

    public void send(FrameChannel channel) throws IOException {
        byte[] fixed = new BodyWriter()
                .u32(number)
                .u32(timeoutMillis)
                .string(algorithm)
                .bytes();
        Chunks.send(channel, FrameType.CALL_OUT, callId, fixed, input);
    }

    public static OutCall receive(FrameChannel channel, Frame first) throws IOException {
        BodyReader in = new BodyReader(first.type(), first.body());
        int number = in.u32();
        int timeoutMillis = in.u32();
        String algorithm = in.string();
        if (algorithm.getBytes(StandardCharsets.UTF_8).length > LONGEST_ALGORITHM) {
            channel.close();
            throw new ProtocolException("an algorithm's name of more than " + LONGEST_ALGORITHM + " bytes");
        }
        Value input = Chunks.receive(channel, first, in, Value.MAX_BYTES);
        return new OutCall(first.callId(), number, timeoutMillis, algorithm, input);
    }
}
