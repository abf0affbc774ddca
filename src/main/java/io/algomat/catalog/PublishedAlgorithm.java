package io.algomat.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm with all its versions, newest first, as the resolver keeps it in memory.
 *
 * @param takeDownReason why the administrator took it down, or null while it stands
 */
record PublishedAlgorithm(
        long algorithmId,
        long ownerId,
        String owner,
        String name,
        @Nullable String takeDownReason,
        List<Numbered> versions) {

    record Numbered(VersionNumber number, CallableVersion version) {}

    PublishedAlgorithm {
        versions = List.copyOf(versions);
    }
}
