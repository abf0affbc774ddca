package io.algomat.platform.backup;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a backup once, from front to end: its manifest first, then everything, compared with the sums at the end. */
final class ArchiveReader implements Closeable {
    private static final int MOST_OF_A_MANIFEST = 1 << 16;
    private static final int PERMISSIONS = 9;

    private final TarArchiveInputStream tar;
    private final StringBuilder checksums = new StringBuilder();

    ArchiveReader(Path archive) throws IOException {
        tar = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))),
                StandardCharsets.UTF_8.name());
    }

    /** @throws IOException when this is no backup of ours */
    BackupManifest manifest() throws IOException {
        TarArchiveEntry first = tar.getNextEntry();
        if (first == null || !first.getName().equals(BackupManifest.ENTRY)) {
            throw new IOException("it is no backup of Algomat");
        }
        byte[] json = tar.readNBytes(MOST_OF_A_MANIFEST);
        sum(BackupManifest.ENTRY, Sha256.fresh().digest(json));
        return BackupManifest.of(json);
    }

    /**
     * Writes everything behind the manifest into a folder, and to the disk.
     *
     * @throws IOException when anything differs from its sum, or the end is missing
     */
    void extract(Path folder) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (entry.getName().equals(ArchiveWriter.CHECKSUMS)) {
                String expected = new String(tar.readAllBytes(), StandardCharsets.UTF_8);
                if (!expected.contentEquals(checksums)) {
                    throw new IOException("its contents are not those that were written");
                }
                // Reads the packing's own sum at the end of the file.
                tar.getNextEntry();
                return;
            }
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("'" + entry.getName() + "' leads out of it");
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
            } else if (entry.isFile()) {
                file(entry, target);
            } else {
                throw new IOException("'" + entry.getName() + "' is neither file nor folder");
            }
            Files.setPosixFilePermissions(target, permissions(entry.getMode()));
        }
        throw new IOException("its end is missing");
    }

    private void file(TarArchiveEntry entry, Path target) throws IOException {
        MessageDigest digest = Sha256.fresh();
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            tar.transferTo(out);
            channel.force(true);
        }
        sum(entry.getName(), digest.digest());
    }

    private void sum(String name, byte[] digest) {
        checksums
                .append(HexFormat.of().formatHex(digest))
                .append("  ")
                .append(name)
                .append('\n');
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < PERMISSIONS; bit++) {
            if ((mode & (1 << (PERMISSIONS - 1 - bit))) != 0) {
                set.add(all[bit]);
            }
        }
        return set;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
