package io.algomat.platform.start;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from zonky's jar. It holds initdb, pg_ctl and postgres, and no client. */
final class PostgresBinaries {
    private PostgresBinaries() {}

    /** Unpacks into {@code home} unless that was done before; an unpacking that broke off is begun anew. */
    static void unpack(Path home) throws IOException {
        if (Files.exists(home.resolve("bin/postgres"))) {
            return;
        }
        Path fresh = Files.createTempDirectory(Files.createDirectories(home.getParent()), "unpack-");
        String archive = "/postgres-linux-" + architecture() + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new IOException("There are no PostgreSQL programs for this processor (" + archive
                        + "). Set ALGOMAT_DB_URL to a PostgreSQL 18 of your own.");
            }
            unpack(packed, fresh);
        }
        // initdb and postgres run as another user than root, and must be able to read their own programs.
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(InputStream packed, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static String architecture() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return name.equals("aarch64") ? "arm_64" : "x86_64";
    }
}
