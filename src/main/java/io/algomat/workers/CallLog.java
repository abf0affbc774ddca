package io.algomat.workers;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What one call wrote: its beginning, up to a limit; of the rest only the length is known. */
final class CallLog {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private long written;

    CallLog(int most) {
        this.most = most;
    }

    synchronized void append(byte[] bytes, int count) {
        int room = Math.min(count, most - kept.size());
        if (room > 0) {
            kept.write(bytes, 0, room);
        }
        written += count;
    }

    /** A line that came in a frame. */
    synchronized void line(byte[] line) {
        append(line, line.length);
        append(new byte[] {'\n'}, 1);
    }

    /** Without the zero characters that PostgreSQL cannot store; a note at the end tells of what was cut. */
    synchronized String text() {
        if (written == 0) {
            return "";
        }
        String text = kept.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        return written <= most ? text : text + "\n[cut after " + most + " of " + written + " bytes]\n";
    }
}
