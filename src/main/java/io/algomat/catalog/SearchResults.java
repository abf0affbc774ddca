package io.algomat.catalog;

import io.algomat.platform.Credits;
import io.algomat.platform.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found.
 *
 * @param query as it was understood
 * @param cards one page of what was found; its total counts only what can be paged through
 * @param total how many were found
 * @param atLeast whether there may be more than {@code total}
 * @param corrected the words that were searched for because the ones typed found nothing, or null
 * @param suggestion better words, offered and not used because the ones typed found something, or null
 * @param counts values of facets among what was found, within each facet the most frequent first
 * @param ways similar searches that find something; only when this one did not
 * @param catalogue values of facets in the whole catalogue; only when nothing was found
 */
public record SearchResults(
        SearchQuery query,
        Page<Card> cards,
        long total,
        boolean atLeast,
        @Nullable String corrected,
        @Nullable String suggestion,
        List<Facet.Count> counts,
        List<Way> ways,
        List<Facet.Count> catalogue) {

    /**
     * An algorithm as a card shows it.
     *
     * @param version the newest public one
     * @param about what a call costs, by the median of recent calls, without the algorithms that it calls
     * @param pipeline whether it has no workers of its own
     * @param callsOthers whether a call costs what the algorithms that it calls cost as well
     * @param pool the name of the version's pool of workers
     * @param glimpse what its first sample shows
     */
    public record Card(
            String owner,
            String name,
            String title,
            String tagLine,
            String version,
            Credits about,
            double medianMs,
            long calls,
            boolean pipeline,
            boolean callsOthers,
            String pool,
            Glimpse glimpse) {

        /** {@code owner/name}, as addresses write it. */
        public String path() {
            return owner + "/" + name;
        }
    }

    /**
     * A look through the door.
     *
     * @param picture whether the first sample's input is a picture
     * @param answer the beginning of what the sample answered; empty when that is no text
     */
    public record Glimpse(boolean picture, String answer) {}

    /** A similar search that does find something, and how much. */
    public record Way(SearchQuery query, long algorithms, boolean atLeast) {}
}
