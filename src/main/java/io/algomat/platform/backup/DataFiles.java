package io.algomat.platform.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The secrets, and the bundles by their checksums. Bundles are taken before the database and, those that came since, after
 * it: whatever the copied rows refer to was there when one of the two passes came by.
 */
final class DataFiles {
    private static final List<String> FOLDERS = List.of("secrets", "objects", "artifacts");
    /** Half-written, and named so. */
    private static final Set<String> UNFINISHED = Set.of("objects/incoming");

    private static final String UNPACKING = "artifacts/.unpacking-";
    private static final String NEW_SECRET = ".new";

    private final Path data;
    private final ArchiveWriter archive;
    private final Set<String> taken = new HashSet<>();

    DataFiles(Path data, ArchiveWriter archive) {
        this.data = data;
        this.archive = archive;
    }

    /** Takes what was not taken by an earlier pass. */
    void pass() throws IOException {
        for (String folder : FOLDERS) {
            if (Files.isDirectory(data.resolve(folder))) {
                // Several gateways share these folders, by links too.
                walk(folder, data.resolve(folder).toRealPath());
            }
        }
    }

    private void walk(String name, Path folder) throws IOException {
        if (taken.add(name)) {
            archive.folder(name, folder);
        }
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.sorted().toList();
        } catch (NoSuchFileException _) {
            return;
        }
        for (Path child : children) {
            String path = name + "/" + child.getFileName();
            if (UNFINISHED.contains(path) || path.startsWith(UNPACKING) || path.endsWith(NEW_SECRET)) {
                continue;
            }
            if (Files.isDirectory(child)) {
                walk(path, child);
            } else if (!taken.contains(path) && archive.file(path, child)) {
                taken.add(path);
            }
        }
    }
}
