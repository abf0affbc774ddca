package io.algomat.platform.backup;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes a backup beside its name, and gives it the name when it is whole and on the disk. Readable by its owner alone:
 * the secrets are in it.
 */
final class ArchiveWriter implements Closeable {
    static final String CHECKSUMS = "checksums.sha256";

    private static final int FILE_MODE = 0100600;
    private static final int CHUNK = 1 << 16;

    private final Path target;
    private final Path part;
    private final TarArchiveOutputStream tar;
    private final StringBuilder checksums = new StringBuilder();
    private long files;
    private long bytes;

    ArchiveWriter(Path target) throws IOException {
        this.target = target;
        this.part = Files.createTempFile(
                target.getParent(),
                target.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        tar = new TarArchiveOutputStream(
                new Gzip(new BufferedOutputStream(Files.newOutputStream(part), CHUNK)), StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    /** Models and pages of a database barely shrink; what does, does so at the fastest level already. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, CHUNK);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    long files() {
        return files;
    }

    /** Of contents, before they are packed. */
    long bytes() {
        return bytes;
    }

    void folder(String name, Path like) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name + "/");
        entry.setMode((int) Files.getAttribute(like, "unix:mode"));
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    void text(String name, byte[] contents) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(FILE_MODE);
        entry.setSize(contents.length);
        tar.putArchiveEntry(entry);
        tar.write(contents);
        tar.closeArchiveEntry();
        sum(name, Sha256.fresh().digest(contents));
        bytes += contents.length;
    }

    /**
     * Takes a file as long as it is now: what is added later is left out, what is cut off meanwhile is zeros. A database
     * that is being written to mends both from its journal.
     *
     * @return whether it was there
     */
    boolean file(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setMode((int) Files.getAttribute(file, "unix:mode"));
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            MessageDigest digest = Sha256.fresh();
            byte[] chunk = new byte[CHUNK];
            for (long left = size; left > 0; ) {
                int length = (int) Math.min(left, CHUNK);
                int read = in.readNBytes(chunk, 0, length);
                java.util.Arrays.fill(chunk, read, length, (byte) 0);
                tar.write(chunk, 0, length);
                digest.update(chunk, 0, length);
                left -= length;
            }
            tar.closeArchiveEntry();
            sum(name, digest.digest());
            bytes += size;
            return true;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    private void sum(String name, byte[] digest) {
        checksums
                .append(HexFormat.of().formatHex(digest))
                .append("  ")
                .append(name)
                .append('\n');
        files++;
    }

    /** The last entry, and the file's name. */
    void finish() throws IOException {
        byte[] sums = checksums.toString().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(CHECKSUMS);
        entry.setMode(FILE_MODE);
        entry.setSize(sums.length);
        tar.putArchiveEntry(entry);
        tar.write(sums);
        tar.closeArchiveEntry();
        tar.close();
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves nothing unless it was finished. */
    @Override
    public void close() throws IOException {
        if (Files.deleteIfExists(part)) {
            tar.close();
        }
    }
}
