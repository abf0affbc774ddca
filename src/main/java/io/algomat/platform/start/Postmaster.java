package io.algomat.platform.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A living PostgreSQL main process, as its pid file tells of it. */
record Postmaster(long pid, int port, boolean ready) {
    // Lines of postmaster.pid: pid, folder, start time, port, socket folder, listen address, shared memory, status.
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** The one that runs on a cluster, or null; the pid file of one that was killed counts for nothing. */
    static @Nullable Postmaster on(Path cluster) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(cluster.resolve("postmaster.pid"));
        } catch (NoSuchFileException _) {
            return null;
        }
        if (lines.size() <= PORT_LINE) {
            return null;
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        if (!runs(pid, cluster)) {
            return null;
        }
        boolean ready =
                lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
        return new Postmaster(pid, Integer.parseInt(lines.get(PORT_LINE).strip()), ready);
    }

    /** PostgreSQL works in its cluster's folder; a stranger that was given the same pid does not. */
    private static boolean runs(long pid, Path cluster) {
        try {
            return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), cluster);
        } catch (IOException _) {
            return false;
        }
    }
}
