package io.algomat.runner.code;

import io.algomat.runner.Incoming;
import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.OutError;
import io.algomat.runner.protocol.OutResult;
import io.algomat.runner.protocol.ProtocolException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Reads the data socket on a thread of its own, since answers to nested calls come while the calls' thread runs the code.
 * When the socket closes, the gateway is gone, and so is the process.
 */
final class ReadAhead implements Incoming {
    private final FrameChannel data;
    private final NestedCalls nested;
    private final BlockingQueue<CallMessage> calls = new LinkedBlockingQueue<>();

    ReadAhead(FrameChannel data, NestedCalls nested) {
        this.data = data;
        this.nested = nested;
        Thread.ofPlatform().daemon().name("data").start(this::read);
    }

    @Override
    public List<CallMessage> next() throws IOException {
        while (true) {
            try {
                return List.of(calls.take());
            } catch (InterruptedException e) {
                // Meant for a call that has ended.
            }
        }
    }

    private void read() {
        try {
            while (true) {
                take(data.read());
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(0);
        }
    }

    private void take(Frame frame) throws IOException {
        switch (frame.type()) {
            case CALL -> calls.add(CallMessage.receive(data, frame));
            case OUT_RESULT -> nested.answered(OutResult.receive(data, frame));
            case OUT_ERROR -> nested.failed(frame, OutError.of(frame));
            default -> throw new ProtocolException(frame.type() + " has no place on the data socket");
        }
    }
}
