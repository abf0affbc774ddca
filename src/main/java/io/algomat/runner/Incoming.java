package io.algomat.runner;

import io.algomat.runner.protocol.Batch;
import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.ProtocolException;
import java.io.IOException;
import java.util.List;

/** Where the calls' thread gets its calls from. */
public interface Incoming {
    /** One call, or several that are to be run together. */
    List<CallMessage> next() throws IOException;

    /** The data socket, read by the calls' thread itself: nothing else comes over it. */
    static Incoming straight(FrameChannel data, int largestBatch) {
        return () -> {
            Frame frame = data.read();
            return switch (frame.type()) {
                case CALL -> List.of(CallMessage.receive(data, frame));
                case BATCH -> Batch.receive(data, frame, largestBatch).calls();
                default ->
                    throw new ProtocolException("expected was a CALL on the data socket, there came " + frame.type());
            };
        };
    }
}
