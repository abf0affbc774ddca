package io.algomat.runner.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * Payloads larger than a frame. The first frame holds fixed fields, the payload's whole length as u32 and its beginning;
 * CHUNK frames of the same call follow at once, each but the last marked {@code more}. Nothing else comes between them on
 * the same socket, which is why cancelling has a socket of its own.
 */
final class Chunks {
    private Chunks() {}

    static void send(FrameChannel channel, FrameType type, UUID callId, byte[] fixed, Value value) throws IOException {
        byte[] bytes = value.bytes();
        if (bytes.length > Value.MAX_BYTES) {
            throw new IllegalArgumentException("a payload of " + bytes.length + " bytes is over the protocol's limit");
        }
        int sent = Math.min(bytes.length, Frame.MAX_BODY_BYTES - fixed.length - 4);
        byte[] body = ByteBuffer.allocate(fixed.length + 4 + sent)
                .put(fixed)
                .putInt(bytes.length)
                .put(bytes, 0, sent)
                .array();
        Frame first = new Frame(type, sent < bytes.length, value.kind(), callId, body);
        if (first.more()) {
            channel.together(() -> {
                channel.write(first);
                sendRest(channel, callId, value, sent);
            });
        } else {
            channel.write(first);
        }
    }

    private static void sendRest(FrameChannel channel, UUID callId, Value value, int begin) throws IOException {
        byte[] bytes = value.bytes();
        int sent = begin;
        while (sent < bytes.length) {
            int next = Math.min(bytes.length - sent, Frame.MAX_BODY_BYTES);
            byte[] chunk = new byte[next];
            System.arraycopy(bytes, sent, chunk, 0, next);
            sent += next;
            channel.write(new Frame(FrameType.CHUNK, sent < bytes.length, value.kind(), callId, chunk));
        }
    }

    /** Reads the rest of a payload whose first frame has come; {@code in} stands behind the fixed fields. */
    static Value receive(FrameChannel channel, Frame first, BodyReader in, int limit) throws IOException {
        int total = in.u32();
        if (total > Math.min(limit, Value.MAX_BYTES)) {
            throw refuse(channel, "a payload of " + total + " bytes; allowed are " + limit);
        }
        byte[] begin = in.rest();
        if (begin.length > total || first.more() != begin.length < total) {
            throw refuse(channel, "a " + first.type() + " frame whose length and payload do not agree");
        }
        if (begin.length == total) {
            return new Value(first.kind(), begin);
        }
        byte[] bytes = new byte[total];
        System.arraycopy(begin, 0, bytes, 0, begin.length);
        int filled = begin.length;
        boolean more = true;
        while (more) {
            Frame chunk = channel.read();
            int next = filled + chunk.body().length;
            more = chunk.more();
            if (chunk.type() != FrameType.CHUNK
                    || !chunk.callId().equals(first.callId())
                    || chunk.body().length == 0
                    || next > total
                    || more != next < total) {
                throw refuse(channel, "expected was a CHUNK of " + (total - filled) + " bytes at most");
            }
            System.arraycopy(chunk.body(), 0, bytes, filled, chunk.body().length);
            filled = next;
        }
        return new Value(first.kind(), bytes);
    }

    private static ProtocolException refuse(FrameChannel channel, String why) {
        channel.close();
        return new ProtocolException(why);
    }
}
