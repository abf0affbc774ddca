package io.algomat.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sources typed in the browser, as their owner's members see them.
 *
 * @param name what they began as, {@code owner/name}
 * @param changed whether a file is newer than the draft that was built of them
 * @param draft the id of that draft, or null when there is none
 * @param files by path
 */
public record SourceView(
        String id, String name, boolean changed, @Nullable String draft, List<File> files, Instant updatedAt) {

    /**
     * @param change which state of the file this is; whoever saves says which one was read
     * @param text whether it can be edited as text
     */
    public record File(String path, long change, long bytes, boolean text) {}

    public SourceView {
        files = List.copyOf(files);
    }

    public Optional<File> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
