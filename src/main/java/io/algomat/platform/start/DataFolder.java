package io.algomat.platform.start;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all of an Algomat's state, and the lock that gives it to one gateway at a time. The lock belongs
 * to the process and dies with it: whoever gets it knows that what still runs on the folder is a survivor.
 */
public final class DataFolder {
    /** The lock's file. */
    public static final String LOCK = "algomat.lock";
    /** A sub-folder that is there while a restore is at work, and after one that broke off. */
    public static final String RESTORING = "restoring";

    private final Path path;
    // Held, not read: the lock lasts as long as its channel.
    private @Nullable FileLock lock;

    DataFolder(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** Makes the folder unless it is there, and proves that it can be written. */
    void prepare() throws StartFailure {
        if (Files.exists(path.resolve(RESTORING))) {
            throw new StartFailure("Data", brokenOff());
        }
        try {
            Files.createDirectories(path.resolve("logs"));
            Files.delete(Files.createTempFile(path, ".write-", ".probe"));
        } catch (IOException e) {
            throw new StartFailure(
                    "Data",
                    path + " cannot be written (" + reason(e)
                            + "). Make it writable for this user, or give another folder: --data DIR.");
        }
    }

    /** Makes and takes the folder for a restore, which wants nothing in it that could be lost. */
    void takeEmpty() throws StartFailure {
        try {
            Files.createDirectories(path);
            Holder holder = Files.exists(path.resolve(LOCK)) ? take(0) : null;
            if (holder != null) {
                throw new StartFailure(
                        "Restore",
                        "An Algomat runs on " + path + " (process " + holder.pid()
                                + "). Restore into a new folder: --data DIR.");
            }
            if (Files.exists(path.resolve(RESTORING))) {
                throw new StartFailure("Restore", brokenOff());
            }
            try (Stream<Path> children = Files.list(path)) {
                if (children.anyMatch(child -> !child.getFileName().toString().matches(LOCK + "|lost\\+found"))) {
                    throw new StartFailure(
                            "Restore",
                            path + " is not empty, and nothing is overwritten. Restore into a new folder: --data DIR.");
                }
            }
            if (lock == null) {
                take(0);
            }
        } catch (IOException e) {
            throw new StartFailure("Restore", path + " cannot be made or read (" + reason(e) + ").");
        }
    }

    private String brokenOff() {
        return "A restore into " + path
                + " was broken off, and what is there is not whole. Empty the folder, and restore again.";
    }

    /**
     * Who has a folder.
     *
     * @param port where the holder's page is; 0 for a command, which has none
     */
    record Holder(long pid, int port) {
        private static Holder read(Path file) throws IOException {
            String[] words = Files.readString(file).strip().split(" ", 2);
            // Empty for the instant between another process' locking and writing.
            return words.length < 2
                    ? new Holder(0, 0)
                    : new Holder(Long.parseLong(words[0]), Integer.parseInt(words[1]));
        }

        private ByteBuffer written() {
            return ByteBuffer.wrap((pid + " " + port + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Takes the folder for this process, whose page is at this port (0: it has none).
     *
     * @return null when it was free, otherwise who has it
     */
    @Nullable
    Holder take(int port) throws StartFailure {
        Path file = path.resolve(LOCK);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Holder.read(file);
            }
            channel.truncate(0);
            channel.write(new Holder(ProcessHandle.current().pid(), port).written());
            return null;
        } catch (IOException e) {
            throw new StartFailure("Data", file + " cannot be locked (" + reason(e) + ").");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is a file";
        }
        String reason = e instanceof FileSystemException named ? named.getReason() : null;
        return reason == null ? String.valueOf(e.getMessage()) : reason;
    }
}
