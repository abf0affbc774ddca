package io.algomat.catalog;

import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks a bundle while it comes in. Nothing is believed: names, counts, sizes and the ratio are checked entry by entry
 * as they arrive, so that a bomb or a path out of the folder ends the upload at once; when the zip is complete, its
 * directory must say the same as what was unpacked ({@link ZipDirectory}).
 */
@ApplicationScoped
class UnpackBundle {
    /** Below this a high ratio is only a small, well compressed text. */
    private static final long RATIO_COUNTS_FROM = 4L << 20;

    private final CatalogConfig config;

    UnpackBundle(CatalogConfig config) {
        this.config = config;
    }

    /** What one file unpacked to. */
    record Unpacked(long bytes, long crc) {}

    /** @param sha256 of the zip as it came, in hex */
    record Received(String sha256, long bytes, int files, long unpackedBytes) {}

    /**
     * @param copy the file that the zip itself is written to
     * @param folder the empty folder that the files are unpacked to
     */
    Received unpack(InputStream zip, Path copy, Path folder) throws IOException {
        MessageDigest digest = sha256();
        Map<String, Unpacked> files = new HashMap<>();
        CappedTee tee;
        try (OutputStream out = new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(copy, StandardOpenOption.TRUNCATE_EXISTING), 1 << 16),
                digest)) {
            tee = new CappedTee(zip, out, config.maxBundleBytes());
            readEntries(tee, folder, files);
            tee.drain();
        }
        ZipDirectory.check(copy, files);
        long unpacked = files.values().stream().mapToLong(Unpacked::bytes).sum();
        return new Received(HexFormat.of().formatHex(digest.digest()), tee.count(), files.size(), unpacked);
    }

    private void readEntries(CappedTee tee, Path folder, Map<String, Unpacked> files) throws IOException {
        EntryNames names = new EntryNames();
        // Not closed: that would close the upload's own stream, which is to be drained first.
        ZipArchiveInputStream entries = new ZipArchiveInputStream(tee, "UTF-8", false, true);
        int count = 0;
        long unpacked = 0;
        for (ZipArchiveEntry entry = next(entries); entry != null; entry = next(entries)) {
            if (++count > config.maxEntries()) {
                throw Problem.invalid("bundle", "The bundle has more than " + config.maxEntries() + " entries");
            }
            String path = names.accept(entry.getRawName());
            requireReadable(entry, path);
            if (isFolder(entry)) {
                makeFolder(folder, folder.resolve(path));
                continue;
            }
            Path file = folder.resolve(path);
            makeFolder(folder, Objects.requireNonNull(file.getParent()));
            Unpacked one = write(entries, file, tee, unpacked, path);
            unpacked += one.bytes();
            files.put(path, one);
        }
        if (count == 0) {
            throw broken();
        }
    }

    /** Whatever the zip's reader stumbles over is the upload's fault: it reads from the line alone. */
    private static @Nullable ZipArchiveEntry next(ZipArchiveInputStream entries) {
        try {
            return entries.getNextEntry();
        } catch (IOException e) {
            throw broken();
        }
    }

    private static int read(InputStream entry, byte[] buffer) {
        try {
            return entry.read(buffer);
        } catch (IOException e) {
            throw broken();
        }
    }

    private static boolean isFolder(ZipArchiveEntry entry) {
        byte[] name = entry.getRawName();
        return name[name.length - 1] == '/';
    }

    private static void requireReadable(ZipArchiveEntry entry, String path) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Problem.invalid(path, "The entry '" + path + "' is encrypted; expected a zip without a password");
        }
        if (entry.getMethod() != ZipEntry.DEFLATED && entry.getMethod() != ZipEntry.STORED) {
            throw Problem.invalid(
                    path,
                    "The entry '" + path + "' is compressed by method " + entry.getMethod()
                            + "; expected stored or deflated, as every zip tool can");
        }
    }

    private Unpacked write(InputStream entry, Path file, CappedTee tee, long before, String path) throws IOException {
        CRC32 crc = new CRC32();
        long bytes = 0;
        try (OutputStream out =
                new CheckedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), crc)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = read(entry, buffer); read >= 0; read = read(entry, buffer)) {
                bytes += read;
                requireNoBomb(before + bytes, tee.count(), path);
                out.write(buffer, 0, read);
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return new Unpacked(bytes, crc.getValue());
    }

    private void requireNoBomb(long unpacked, long received, String path) {
        if (unpacked > config.maxUnpackedBytes()) {
            throw Problem.invalid(
                    path,
                    "The bundle unpacks to more than " + Sizes.text(config.maxUnpackedBytes()) + " (at '" + path
                            + "')");
        }
        if (unpacked > RATIO_COUNTS_FROM && unpacked / config.maxRatio() > received) {
            throw Problem.invalid(
                    path,
                    "The entry '" + path + "' unpacks to more than " + config.maxRatio()
                            + " times the size of the upload; expected an ordinary zip");
        }
    }

    /** Folders are readable for the worker's own user whatever the gateway's umask says. */
    private static void makeFolder(Path top, Path folder) throws IOException {
        if (folder.equals(top) || Files.isDirectory(folder)) {
            return;
        }
        makeFolder(top, Objects.requireNonNull(folder.getParent()));
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Problem broken() {
        return Problem.invalid("bundle", "The upload is not a whole zip file; expected a zip with algomat.yaml in it");
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
