package io.algomat.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder that a spare sandbox sees as its bundle. It is empty until the sandbox becomes a worker's; then it gets links to
 * the bundle's files, which take no room. The sandbox sees it read-only.
 */
final class SpareFolder {
    private static final Logger LOG = Logger.getLogger(SpareFolder.class);

    private SpareFolder() {}

    /** An empty folder that a sandbox's user can read. */
    static Path make(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder;
    }

    /** @throws IOException where the two lie on different file systems, which have no links in common */
    static void fill(Path folder, Path bundle) throws IOException {
        if (HostUsers.root()) {
            OpenFiles.under(bundle);
        }
        Files.walkFileTree(bundle, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) throws IOException {
                if (!each.equals(bundle)) {
                    make(folder.resolve(bundle.relativize(each).toString()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) throws IOException {
                Files.createLink(folder.resolve(bundle.relativize(each).toString()), each);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("%s could not be deleted: %s", folder, e.getMessage());
        }
    }
}
