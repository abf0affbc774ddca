package io.algomat.runner.code;

import io.algomat.runner.protocol.Frame;
import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.FrameType;
import io.algomat.runner.protocol.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/**
 * Sends what the code prints line by line, each with the call in hand, over the data socket, so that no line comes after its
 * call's answer. What is over the limit is dropped here: a call that prints without end must not fill the socket, and is
 * ended.
 */
final class CallLines extends OutputStream {
    /** The gateway keeps no more of one call. */
    private static final int MOST_BYTES = 64 << 10;
    /** A call that writes more is ended, as one is whose output goes past us into the pipe. */
    private static final int MOST_OF_A_CALL = 64 << 20;

    private final FrameChannel data;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private UUID call = Frame.NO_CALL;
    private final Runnable flooded;
    private int sent;
    private int written;

    /** @param flooded told when a call has written more than it may; need not return */
    CallLines(FrameChannel data, Runnable flooded) {
        this.data = data;
        this.flooded = flooded;
    }

    synchronized void begin(UUID callId) {
        flushLine();
        call = callId;
        sent = 0;
        written = 0;
    }

    synchronized void end() {
        flushLine();
        call = Frame.NO_CALL;
        sent = 0;
    }

    @Override
    public synchronized void write(int b) {
        if (++written > MOST_OF_A_CALL) {
            flooded.run();
        }
        if (b == '\n') {
            flushLine();
        } else if (sent + line.size() < MOST_BYTES) {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    private void flushLine() {
        if (line.size() == 0) {
            return;
        }
        byte[] text = line.toByteArray();
        line.reset();
        sent += text.length;
        Uninterrupted.write(() -> data.write(new Frame(FrameType.LOG, false, Kind.VOID, call, text)));
    }

    /** Writes that an interrupt must not reach: it would close the socket under them. */
    static final class Uninterrupted {
        private Uninterrupted() {}

        interface Write {
            void write() throws IOException;
        }

        /** A socket that is gone ends the process elsewhere. */
        static void write(Write write) {
            boolean interrupted = Thread.interrupted();
            try {
                write.write();
            } catch (IOException e) {
                // The thread that reads the socket ends the process.
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
