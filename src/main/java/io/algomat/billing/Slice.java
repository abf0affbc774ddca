package io.algomat.billing;

import java.util.EnumMap;
import java.util.Map;

/**
 * Which charges a report is about: all that are somebody's, or those of them that have these values.
 *
 * @param values as {@link Dimension} describes them; time is the period's to narrow
 */
public record Slice(Whose whose, Map<Dimension, String> values) {
    public Slice {
        values = Map.copyOf(values);
    }

    public static Slice of(Whose whose) {
        return new Slice(whose, Map.of());
    }

    /** Narrowed further, or elsewhere where it was narrowed by that dimension before. */
    public Slice with(Dimension dimension, String value) {
        Map<Dimension, String> more = new EnumMap<>(Dimension.class);
        more.putAll(values);
        more.put(dimension, value);
        return new Slice(whose, more);
    }

    public Slice without(Dimension dimension) {
        Map<Dimension, String> fewer = new EnumMap<>(Dimension.class);
        fewer.putAll(values);
        fewer.remove(dimension);
        return new Slice(whose, fewer);
    }
}
