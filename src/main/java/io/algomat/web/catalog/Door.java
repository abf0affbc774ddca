package io.algomat.web.catalog;

import io.algomat.catalog.SearchResults;
import io.algomat.workers.Workers;
import java.util.List;

/**
 * A card of the catalogue's wall.
 *
 * @param warm whether a worker stands ready on this gateway
 */
record Door(SearchResults.Card card, boolean warm) {
    static List<Door> of(SearchResults found, Workers workers) {
        return found.cards().items().stream()
                .map(card -> new Door(card, workers.state(card.pool()).warm()))
                .toList();
    }

    public String href() {
        return "/algorithms/" + card.path();
    }

    /** The input of the first sample of the version that the card is about. */
    public String picture() {
        return href() + "/samples/1/input?version=" + card.version();
    }
}
