package io.algomat.web.billing;

import io.algomat.accounts.KeyNames;
import io.algomat.billing.Dimension;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a report's lines are shown. Keys have names, all else speaks for itself.
 *
 * @param withOwner whether a key is told with its owner's name, for readers who see everyone's
 */
record LineNames(Map<Long, KeyNames.Named> keys, boolean withOwner) {
    /** The ids among the values of a report by key. */
    static List<Long> ids(List<String> values) {
        return values.stream()
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toList();
    }

    String of(Dimension dimension, String value) {
        return dimension == Dimension.KEY ? key(value) : value;
    }

    private String key(String value) {
        if (value.equals(Dimension.NO_KEY)) {
            return "Pages, without a key";
        }
        List<Long> id = ids(List.of(value));
        KeyNames.Named named = id.isEmpty() ? null : keys.get(id.getFirst());
        if (named == null) {
            return "Key " + value;
        }
        return withOwner ? named.owner() + ": " + named.key() : named.key();
    }

    /** Of a single call. */
    String key(@Nullable Long id) {
        KeyNames.Named named = id == null ? null : keys.get(id);
        return id == null ? "page" : named == null ? "Key " + id : named.key();
    }
}
