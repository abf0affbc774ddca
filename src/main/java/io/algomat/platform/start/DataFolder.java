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
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all of an Algomat's state, and the lock that gives it to one gateway at a time. The lock belongs
 * to the process and dies with it: whoever gets it knows that what still runs on the folder is a survivor.
 */
final class DataFolder {
    private final Path path;
    // Held, not read: the lock lasts as long as its channel.
    private @Nullable FileLock lock;

    DataFolder(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Makes the folder unless it is there, and proves that it can be written. */
    void prepare() throws StartFailure {
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
        Path file = path.resolve("algomat.lock");
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
