package io.algomat.workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a worker wrote to stdout and stderr: drained for ever, and only the last part kept. */
final class LogTail {
    private static final int KEPT = 16 << 10;

    private final byte[] ring = new byte[KEPT];
    private long written;

    /** Reads until the process closes the stream. */
    void drain(InputStream stream) {
        byte[] buffer = new byte[4096];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                append(buffer, read);
            }
        } catch (IOException e) {
            // The process is gone; what it said until then is kept.
        }
    }

    synchronized String text() {
        int length = (int) Math.min(written, KEPT);
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = ring[(int) ((written - length + i) % KEPT)];
        }
        return new String(out, StandardCharsets.UTF_8).strip();
    }

    /** A line that came in a frame. */
    void append(byte[] line) {
        append(line, line.length);
        append(new byte[] {'\n'}, 1);
    }

    private synchronized void append(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            ring[(int) (written++ % KEPT)] = bytes[i];
        }
    }
}
