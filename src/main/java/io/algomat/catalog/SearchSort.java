package io.algomat.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The orders in which algorithms found can be shown. */
public enum SearchSort {
    /** What fits the words best, among equals the most called. */
    RELEVANCE("calls DESC, algorithm_id DESC"),
    POPULAR("calls DESC, algorithm_id DESC"),
    NEWEST("created_at DESC, algorithm_id DESC"),
    FASTEST("median_ms, algorithm_id DESC"),
    PRICE("about, algorithm_id DESC");

    /** Each has an index of exactly this order. */
    final String columns;

    SearchSort(String columns) {
        this.columns = columns;
    }

    /** The name in addresses and JSON. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SearchSort> of(String wire) {
        return Stream.of(values()).filter(sort -> sort.wire().equals(wire)).findFirst();
    }
}
