package io.algomat.billing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SQL that picks a slice's rows of {@code c}, which is the charges themselves or one of the views of their sums.
 *
 * @param values of its parameters, in order
 */
record Condition(String sql, List<Object> values) {
    /** Of one of the views. */
    static Condition of(Slice slice) {
        return of(slice, false);
    }

    /** Of the charges themselves. */
    static Condition ofCharges(Slice slice) {
        return of(slice, true);
    }

    private static Condition of(Slice slice, boolean charges) {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        switch (slice.whose()) {
            case Whose.Everyones _ -> parts.add("true");
            case Whose.Callers(long id) -> {
                parts.add("c.caller_id = ?");
                values.add(id);
            }
            case Whose.Publishers(long id) -> {
                parts.add("c.publisher_id = ?");
                values.add(id);
            }
        }
        for (Map.Entry<Dimension, String> narrowed : slice.values().entrySet()) {
            if (charges && narrowed.getKey() == Dimension.LABEL) {
                label(narrowed.getValue(), parts, values);
            } else {
                narrow(narrowed.getKey(), narrowed.getValue(), parts, values);
            }
        }
        return new Condition(String.join(" AND ", parts), values);
    }

    private static void label(String value, List<String> parts, List<Object> values) {
        int sign = Math.max(0, value.indexOf('='));
        parts.add("c.labels @> jsonb_build_object(?::text, ?::text)");
        values.add(value.substring(0, sign));
        values.add(value.substring(Math.min(value.length(), sign + 1)));
    }

    private static void narrow(Dimension dimension, String value, List<String> parts, List<Object> values) {
        switch (dimension) {
            case ALGORITHM -> parts.add("c.algorithm = ?");
            case LABEL -> parts.add("c.label = ?");
            case DEVICE -> parts.add("c.device = ?");
            case PUBLISHER -> parts.add("c.publisher_id = (SELECT id FROM owner WHERE name = ?)");
            case CALLER -> parts.add("c.caller_id = (SELECT id FROM owner WHERE name = ?)");
            case VERSION -> {
                parts.add("c.algorithm = ? AND c.version = ?");
                values.add(value.substring(0, Math.max(0, value.lastIndexOf('/'))));
                values.add(value.substring(value.lastIndexOf('/') + 1));
                return;
            }
            case KEY -> {
                if (value.equals(Dimension.NO_KEY)) {
                    parts.add("c.key_id IS NULL");
                    return;
                }
                // Whose key it is leads to an index.
                parts.add("c.caller_id = (SELECT owner_id FROM api_key WHERE id = ?) AND c.key_id = ?");
                long key = keyId(value);
                values.addAll(List.of(key, key));
                return;
            }
            case MONTH, DAY -> throw new IllegalArgumentException("A period narrows the time of a report");
        }
        values.add(value);
    }

    /** From an address, where anything may stand; there is no key 0. */
    private static long keyId(String value) {
        return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }

    /** The view with the fewest rows that knows all that is asked. */
    static String view(Slice slice, Collection<Dimension> grouped) {
        Set<Dimension> asked = EnumSet.noneOf(Dimension.class);
        asked.addAll(grouped);
        asked.addAll(slice.values().keySet());
        asked.addAll(
                switch (slice.whose()) {
                    case Whose.Everyones _ -> Collections.<Dimension>emptySet();
                    case Whose.Callers _ -> Set.of(Dimension.CALLER);
                    case Whose.Publishers _ -> Set.of(Dimension.PUBLISHER);
                });
        if (asked.contains(Dimension.LABEL)) {
            return "charge_sum_by_label";
        }
        boolean subject = asked.stream().anyMatch(each -> each.of() == Dimension.Of.SUBJECT);
        boolean caller = asked.stream().anyMatch(each -> each.of() == Dimension.Of.CALLER);
        return caller ? subject ? "charge_sum" : "charge_sum_by_caller" : "charge_sum_by_subject";
    }
}
