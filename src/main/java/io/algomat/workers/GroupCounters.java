package io.algomat.workers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a control group counts, from files that stay open: they are read with every call, and opening them costs ten times
 * as much. Not for several threads at once.
 */
final class GroupCounters implements AutoCloseable {
    /**
     * Where they are.
     *
     * @param kills has a line {@code oom_kill}
     * @param refusals has a line {@code max}
     * @param cpu null where nobody counts
     * @param cpuName the line's name; empty when the file is nothing but the number
     * @param cpuUnitNanos what one of the number is
     */
    record Files(Path kills, Path refusals, @Nullable Path cpu, String cpuName, long cpuUnitNanos) {}

    private static final int MOST_BYTES = 4096;

    private final Files files;
    private final Open kills;
    private final Open refusals;
    private final @Nullable Open cpu;
    private final byte[] buffer = new byte[MOST_BYTES];

    GroupCounters(Files files) {
        this.files = files;
        this.kills = new Open(files.kills);
        this.refusals = new Open(files.refusals);
        this.cpu = files.cpu == null ? null : new Open(files.cpu);
    }

    /** Processes that the kernel killed for memory so far. */
    long kills() {
        return GroupFile.number(kills.text(buffer), "oom_kill");
    }

    /** Processes and threads that were refused so far. */
    long refusals() {
        return GroupFile.number(refusals.text(buffer), "max");
    }

    /** Processor time so far. */
    long cpuNanos() {
        if (cpu == null) {
            return 0;
        }
        String text = cpu.text(buffer);
        return files.cpuUnitNanos
                * (files.cpuName.isEmpty() ? GroupFile.number(text) : GroupFile.number(text, files.cpuName));
    }

    @Override
    public void close() {
        kills.close();
        refusals.close();
        if (cpu != null) {
            cpu.close();
        }
    }

    /** Not a channel, which an interrupt would close. */
    private static final class Open {
        private final Path path;
        private @Nullable RandomAccessFile file;

        Open(Path path) {
            this.path = path;
        }

        /** Empty where the file or the group is not there. */
        String text(byte[] buffer) {
            try {
                RandomAccessFile present = file;
                if (present == null) {
                    present = new RandomAccessFile(path.toFile(), "r");
                    file = present;
                }
                present.seek(0);
                int length = present.read(buffer);
                return length <= 0 ? "" : new String(buffer, 0, length, StandardCharsets.US_ASCII);
            } catch (IOException e) {
                return "";
            }
        }

        void close() {
            try {
                if (file != null) {
                    file.close();
                }
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}
