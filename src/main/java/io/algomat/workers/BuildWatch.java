package io.algomat.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks after a running build: its time, and what it has written to the host's disk, which no quota bounds. */
final class BuildWatch {
    static final int EVERY_MILLIS = 250;

    private final BuildsConfig config;
    private final BuildFolders folders;
    private final long deadlineNanos;

    BuildWatch(BuildsConfig config, BuildFolders folders, long deadlineNanos) {
        this.config = config;
        this.folders = folders;
        this.deadlineNanos = deadlineNanos;
    }

    /** What it may not go on for, or null. */
    @Nullable
    String broken(long nowNanos) {
        if (nowNanos - deadlineNanos > 0) {
            return "The build took longer than " + config.timeout().toSeconds() + " s and was stopped";
        }
        return overfull();
    }

    @Nullable
    String overfull() {
        Count count = new Count();
        for (Path folder : List.of(folders.work(), folders.result())) {
            try {
                Files.walkFileTree(folder, count);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (count.bytes > config.diskMb() << 20) {
            return "The build wrote more than " + config.diskMb() + " MiB and was stopped";
        }
        if (count.files > 2L * config.maxFiles()) {
            return "The build made more than " + 2L * config.maxFiles() + " files and was stopped";
        }
        return count.closed ? "The build closed one of its folders; expected all of them to stay readable" : null;
    }

    /** A tree that changes while it is looked at: what vanishes is no fault. */
    private static final class Count extends SimpleFileVisitor<Path> {
        private long bytes;
        private long files;
        private boolean closed;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            files++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            closed |= gone instanceof java.nio.file.AccessDeniedException;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
