package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Opens a bundle's files for reading by the unprivileged user of a sandbox. The folders above them stay as they are, so
 * that no other user of the host comes near.
 */
final class OpenFiles {
    private OpenFiles() {}

    static void under(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    open(path);
                }
            }
        }
    }

    private static void open(Path path) throws IOException {
        Set<PosixFilePermission> wanted = EnumSet.of(PosixFilePermission.OTHERS_READ);
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            wanted.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        Set<PosixFilePermission> present = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!present.containsAll(wanted)) {
            present.addAll(wanted);
            Files.setPosixFilePermissions(path, present);
        }
    }
}
