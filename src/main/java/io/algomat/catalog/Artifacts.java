package io.algomat.catalog;

import io.algomat.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Unpacked bundles under {@code data/artifacts/<sha256>}, as workers see them. Everyone on the machine may read them: a
 * worker runs under a user of its own.
 */
@ApplicationScoped
class Artifacts {
    private static final String UNPACKING = ".unpacking-";

    private final Path folder;

    Artifacts(PlatformConfig config) {
        this.folder = config.data().resolve("artifacts").toAbsolutePath();
    }

    Path folder(String sha256) {
        return folder.resolve(sha256);
    }

    /** An empty folder on the same disk, to unpack into; it becomes an artifact by {@link #keep} or is deleted. */
    Path newFolder() throws IOException {
        Files.createDirectories(folder);
        Path unpacking = Files.createTempDirectory(folder, UNPACKING);
        Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
        return unpacking;
    }

    /** Removes what a killed gateway had begun to unpack before this time. */
    void forgetUnfinished(Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, UNPACKING + "*")) {
            for (Path unpacking : unfinished) {
                if (FileObjectStore.olderThan(unpacking, before)) {
                    delete(unpacking);
                }
            }
        }
    }

    void keep(Path unpacked, String sha256) throws IOException {
        Path target = folder(sha256);
        if (Files.isDirectory(target)) {
            delete(unpacked);
            return;
        }
        Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String sha256) throws IOException {
        delete(folder(sha256));
    }

    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
