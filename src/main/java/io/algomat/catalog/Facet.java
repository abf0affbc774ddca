package io.algomat.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A side by which the catalogue can be narrowed. In this order pages show them. */
public enum Facet {
    CATEGORY,
    RUNTIME,
    DEVICE,
    PRICE,
    TASK,
    TAG,
    LICENCE,
    OWNER;

    /** The name in addresses, JSON and the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Facet> of(String wire) {
        return Stream.of(values()).filter(facet -> facet.wire().equals(wire)).findFirst();
    }

    /** One value of a side, such as category {@code vision}. */
    public record Value(Facet facet, String value) {}

    /**
     * A value with how many of the algorithms found have it.
     *
     * @param atLeast whether there may be more: so many were found that only the first thousands were counted
     */
    public record Count(Value value, long algorithms, boolean atLeast) {}
}
