package io.algomat.workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a worker writes to stdout and stderr: drained for ever, the last part kept, and what is written while a call runs
 * alone kept for that call too. Nobody ever blocks in a read, so that a call's end can take at once what the pipe holds.
 */
final class LogTail {
    private static final int KEPT = 16 << 10;
    /** What one look takes at the most: a flood must not hold up whoever looks. */
    private static final int ONE_LOOK = 256 << 10;

    /** What a call may write in all, in bytes: draining a flood costs the gateway's own time. */
    static final long MOST_OF_A_CALL = 64L << 20;

    private static final int SHORTEST_PAUSE_MILLIS = 1;
    private static final int LONGEST_PAUSE_MILLIS = 64;

    private final InputStream stream;
    private final BooleanSupplier alive;
    private final byte[] buffer = new byte[8 << 10];
    private final byte[] ring = new byte[KEPT];
    private long written;
    private long framed;
    private @Nullable CallLog call;

    /** @param alive whether the process may still write */
    LogTail(InputStream stream, BooleanSupplier alive) {
        this.stream = stream;
        this.alive = alive;
    }

    /** Reads until the process is gone: often while it writes, seldom while it is silent. */
    void drain() {
        try {
            int pause = SHORTEST_PAUSE_MILLIS;
            while (true) {
                boolean last = !alive.getAsBoolean();
                if (take()) {
                    pause = SHORTEST_PAUSE_MILLIS;
                } else if (last) {
                    return;
                } else {
                    pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
                }
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All that the worker wrote so far, in bytes, that which came in frames included. */
    synchronized long heard() {
        return written + framed;
    }

    /** A call's own line of so many bytes came in a frame. */
    synchronized void framed(int bytes) {
        framed += bytes;
    }

    /** From now on what is written belongs to that call; what was written before does not. */
    synchronized void begin(CallLog log) {
        take();
        call = log;
    }

    /** What the process had written when its call's answer came belongs to that call. */
    synchronized void end() {
        take();
        call = null;
    }

    synchronized String text() {
        take();
        int length = (int) Math.min(written, KEPT);
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = ring[(int) ((written - length + i) % KEPT)];
        }
        return new String(out, StandardCharsets.UTF_8).replace('\0', '\uFFFD').strip();
    }

    /** A line that came in a frame and belongs to no call. */
    synchronized void line(byte[] line) {
        append(line, line.length);
        append(new byte[] {'\n'}, 1);
    }

    private synchronized boolean take() {
        int taken = 0;
        try {
            while (taken < ONE_LOOK && stream.available() > 0) {
                int read = stream.read(buffer, 0, Math.min(buffer.length, stream.available()));
                if (read <= 0) {
                    break;
                }
                taken += read;
                append(buffer, read);
                CallLog present = call;
                if (present != null) {
                    present.append(buffer, read);
                }
            }
        } catch (IOException e) {
            // The process is ending, and its stream is being exchanged for what was left in it.
        }
        return taken > 0;
    }

    private void append(byte[] bytes, int count) {
        for (int i = Math.max(0, count - KEPT); i < count; i++) {
            ring[(int) ((written + i) % KEPT)] = bytes[i];
        }
        written += count;
    }
}
