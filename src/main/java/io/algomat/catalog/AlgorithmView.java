package io.algomat.catalog;

import io.algomat.platform.Credits;
import io.algomat.platform.Payload;
import io.algomat.platform.Price;
import io.algomat.platform.Units;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An algorithm as its page shows it to one reader: private versions only to its owner's members.
 *
 * @param readmeHtml rendered and sanitised: the one text of a publisher that a page may print as it is
 * @param mine whether the reader acts for the owner
 * @param takenDownReason why it was taken down, or null; only its owner and administrators get to see such a page
 * @param versions newest first
 * @param shown the version that the page is about
 */
public record AlgorithmView(
        long algorithmId,
        long ownerId,
        String owner,
        String ownerTitle,
        String name,
        String title,
        String tagLine,
        String readmeHtml,
        String licence,
        List<String> categories,
        List<String> tags,
        boolean unlisted,
        @Nullable String takenDownReason,
        boolean mine,
        Instant createdAt,
        Instant updatedAt,
        List<VersionView> versions,
        ShownVersion shown) {

    /**
     * A line of the versions' table.
     *
     * @param medianMs compute of recent calls, or of the samples while there were none
     * @param medianUnits what recent calls reported of the metric that its price names; none while there were none
     * @param announced when callers who name no version get it and its raised price, while that is to come; or null
     */
    public record VersionView(
            long versionId,
            String version,
            boolean isPublic,
            Instant publishedAt,
            String releaseNotes,
            boolean deprecated,
            @Nullable String deprecationNote,
            Price price,
            long calls,
            long succeeded,
            double medianMs,
            double p99Ms,
            Units medianUnits,
            Units p99Units,
            @Nullable Instant announced) {

        /** About what a call costs: royalty + the usual units + rate × median, rounded up to the next millisecond. */
        public Credits about() {
            return price.about(medianUnits, Math.max(1, (long) Math.ceil(medianMs)));
        }

        /** What 99 of 100 recent calls cost at most. */
        public Credits slow() {
            return price.about(p99Units, Math.max(1, (long) Math.ceil(p99Ms)));
        }

        public boolean free() {
            return price.free();
        }
    }

    /**
     * @param calls the algorithms that it may call, as {@code owner/name}; they are paid beside its own price
     * @param inputSchema JSON Schema, as JSON text
     * @param outputSchema JSON Schema, as JSON text
     */
    public record ShownVersion(
            VersionView version,
            List<String> calls,
            String runtime,
            String task,
            String device,
            Duration timeout,
            long memoryBytes,
            long artifactBytes,
            String artifactSha256,
            String inputSchema,
            String outputSchema,
            List<SampleView> samples) {}

    /**
     * @param fileName the file in the bundle that the input came from, or null when it stood in the manifest
     * @param computeMs what the sample took when the version was tested
     */
    public record SampleView(String name, @Nullable String fileName, Payload input, Payload output, double computeMs) {}

    /** The version that callers get who name none, or null where there is no public one. */
    public @Nullable VersionView current() {
        return versions.stream()
                .filter(line -> line.isPublic() && line.announced() == null)
                .findFirst()
                .orElse(null);
    }

    /** The next version whose raised price is announced, or null. */
    public @Nullable VersionView raise() {
        return versions.stream()
                .takeWhile(line -> !line.isPublic() || line.announced() != null)
                .filter(VersionView::isPublic)
                .reduce((later, earlier) -> earlier)
                .orElse(null);
    }

    /** {@code owner/name}, as addresses write it. */
    public String path() {
        return owner + "/" + name;
    }
}
