package io.algomat.catalog;

import io.algomat.platform.Credits;
import org.jspecify.annotations.Nullable;

/**
 * What a publisher decides about a tested draft.
 *
 * @param royalty credits per call; null keeps what the manifest says, or the price before when the step is a revision
 * @param releaseNotes plain text, shown with the version
 */
public record Publication(
        Step step, Visibility visibility, @Nullable Credits royalty, String releaseNotes) {
    static final int LONGEST_NOTES = 4000;
    static final Credits HIGHEST_ROYALTY = Credits.of(1_000_000);
}
