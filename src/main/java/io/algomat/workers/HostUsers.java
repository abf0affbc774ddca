package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Unprivileged host users for sandboxes, one each: no two sandboxes share a user, so neither can signal or trace the other
 * even where a namespace fails. The range lies above all that useradd, systemd and container engines give out.
 */
final class HostUsers {
    static final int COUNT = 4096;
    private static final int FIRST = 2_000_000_000;

    /** Workers and builds take from the same. */
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final int first;

    private HostUsers(int first) {
        this.first = first;
    }

    /** Whether this process is root, by its user id: the name says nothing inside a container. */
    static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** Inside a container that maps few users, the top of what there is. */
    static HostUsers ofThisMachine() {
        long mapped;
        try {
            String[] map =
                    Files.readString(Path.of("/proc/self/uid_map")).strip().split("\\s+");
            mapped = Long.parseLong(map[0]) + Long.parseLong(map[2]);
        } catch (IOException | RuntimeException e) {
            mapped = Long.MAX_VALUE;
        }
        return new HostUsers(mapped > (long) FIRST + COUNT ? FIRST : (int) Math.max(1, mapped - COUNT - 2));
    }

    int next() {
        return first + Math.floorMod(NEXT.getAndIncrement(), COUNT);
    }
}
