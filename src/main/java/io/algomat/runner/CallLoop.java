package io.algomat.runner;

import io.algomat.runner.protocol.CallMessage;
import io.algomat.runner.protocol.Failure;
import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.ProtocolException;
import io.algomat.runner.protocol.ResultMessage;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data socket's one thread: reads a call, runs it, writes the answer. It hands nothing to another thread, which keeps
 * a round trip near ten microseconds; cancelling comes from the control thread.
 */
final class CallLoop {
    private final FrameChannel data;
    private final Task task;
    private final Thread thread = Thread.currentThread();
    private @Nullable UUID running;
    /** The last call that was cancelled: its CANCEL may come before it, over the other socket. */
    private @Nullable UUID cancelled;

    CallLoop(FrameChannel data, Task task) {
        this.data = data;
        this.task = task;
    }

    /** Runs until the gateway closes the socket. */
    void run() throws IOException {
        while (true) {
            Frame frame = data.read();
            if (frame.type() != FrameType.CALL) {
                throw new ProtocolException("expected was a CALL on the data socket, there came " + frame.type());
            }
            answer(CallMessage.receive(data, frame));
        }
    }

    /** Interrupts the call if it still runs. Never hits the thread while it writes: an interrupt would close the socket. */
    synchronized void cancel(UUID callId) {
        cancelled = callId;
        if (callId.equals(running)) {
            thread.interrupt();
        }
    }

    private void answer(CallMessage call) throws IOException {
        long begin = System.nanoTime();
        Value output;
        try {
            begin(call.callId());
            try {
                output = task.run(call.input());
            } finally {
                end();
            }
        } catch (InterruptedException e) {
            fail(call, begin, "Cancelled", "the call was cancelled", null);
            return;
        } catch (InputException e) {
            fail(call, begin, "InputError", e.getMessage(), null);
            return;
        } catch (OutOfMemoryError e) {
            fail(call, begin, "OutOfMemoryError", "the algorithm needs more memory than its worker has", null);
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            fail(call, begin, "AlgorithmError", e.toString(), e);
            return;
        }
        long compute = System.nanoTime() - begin;
        if (output.bytes().length > call.maxOutputBytes()) {
            String message = "the output is " + output.bytes().length + " bytes; allowed are " + call.maxOutputBytes();
            fail(call, begin, "TooLargeError", message, null);
            return;
        }
        new ResultMessage(call.callId(), compute, output).send(data);
    }

    private synchronized void begin(UUID callId) throws InterruptedException {
        if (callId.equals(cancelled)) {
            throw new InterruptedException();
        }
        running = callId;
    }

    private synchronized void end() {
        running = null;
        Thread.interrupted();
    }

    private void fail(
            CallMessage call, long begin, String errorType, @Nullable String message, @Nullable Throwable cause)
            throws IOException {
        String text = message == null ? errorType : message;
        data.write(new Failure(System.nanoTime() - begin, errorType, text, stacktrace(cause)).frame(call.callId()));
    }

    static String stacktrace(@Nullable Throwable cause) {
        if (cause == null) {
            return "";
        }
        StringWriter out = new StringWriter();
        cause.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}
