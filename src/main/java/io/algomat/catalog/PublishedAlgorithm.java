package io.algomat.catalog;

import java.time.Instant;
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

    /** @param newestFrom when it becomes the newest to who names none; null for at once */
    record Numbered(
            VersionNumber number,
            CallableVersion version,
            @Nullable Instant newestFrom) {
        boolean inEffect(Instant now) {
            return newestFrom == null || !now.isBefore(newestFrom);
        }
    }

    PublishedAlgorithm {
        versions = List.copyOf(versions);
    }
}
