package io.algomat.catalog;

import io.algomat.workers.BuildFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes what a build left fit to be kept: plain files and folders alone, the gateway's own, readable for all and writable
 * for none of the sandboxes. A link could lead the gateway to any file of the host.
 */
final class FreezeTree {
    /** What is there to keep. */
    record Frozen(int files, long bytes) {}

    private FreezeTree() {}

    /** @throws BuildFailed when something in the tree is neither file nor folder */
    static Frozen freeze(Path tree) throws IOException, BuildFailed {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(tree)) {
            paths = walk.toList();
        }
        int files = 0;
        long bytes = 0;
        Object gateway = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        for (Path path : paths) {
            BasicFileAttributes found =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isDirectory() && !found.isRegularFile()) {
                throw new BuildFailed("The build left '"
                        + EntryNames.shown(tree.relativize(path).toString()) + "', which is "
                        + (found.isSymbolicLink() ? "a link" : "no plain file") + "; expected files and folders only");
            }
            own(path, gateway);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(found.isDirectory() ? "rwxr-xr-x" : "rw-r--r--"));
            files += found.isRegularFile() ? 1 : 0;
            bytes += found.isRegularFile() ? found.size() : 0;
        }
        return new Frozen(files, bytes);
    }

    private static void own(Path path, Object gateway) throws IOException {
        if (!Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(gateway)) {
            Files.setAttribute(path, "unix:uid", gateway, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
