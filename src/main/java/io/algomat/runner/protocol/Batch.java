package io.algomat.runner.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** BATCH and the CALLs that follow it at once, to be run together. */
public record Batch(List<CallMessage> calls) {
    /** No worker runs more calls together, whatever it says. */
    public static final int MOST = 256;

    public Batch {
        calls = List.copyOf(calls);
    }

    public void send(FrameChannel channel) throws IOException {
        byte[] count = new BodyWriter().u32(calls.size()).bytes();
        channel.together(() -> {
            channel.write(Frame.of(FrameType.BATCH, count));
            for (CallMessage call : calls) {
                call.send(channel);
            }
        });
    }

    /**
     * Reads the calls, whose inputs together may hold no more than one alone.
     *
     * @param largest what this worker said in its LOADED
     */
    public static Batch receive(FrameChannel channel, Frame first, int largest) throws IOException {
        int count = count(first);
        if (count > largest) {
            channel.close();
            throw new ProtocolException("a batch of " + count + " calls; this worker takes " + largest);
        }
        List<CallMessage> calls = new ArrayList<>(count);
        long bytes = 0;
        while (calls.size() < count) {
            Frame next = channel.read();
            if (next.type() != FrameType.CALL) {
                channel.close();
                throw new ProtocolException("expected was a CALL of the batch, there came " + next.type());
            }
            CallMessage call = CallMessage.receive(channel, next);
            calls.add(call);
            bytes += call.input().bytes().length;
            if (bytes > Value.MAX_BYTES) {
                channel.close();
                throw new ProtocolException("a batch whose inputs hold more than " + Value.MAX_BYTES + " bytes");
            }
        }
        return new Batch(calls);
    }

    static int count(Frame frame) throws ProtocolException {
        BodyReader in = new BodyReader(frame.type(), frame.body());
        int count = in.u32();
        in.end();
        if (count < 2 || count > MOST) {
            throw new ProtocolException("a batch of " + count + " calls; allowed are 2 to " + MOST);
        }
        return count;
    }
}
