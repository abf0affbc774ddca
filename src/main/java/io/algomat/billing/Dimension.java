package io.algomat.billing;

import java.util.Locale;
import java.util.Optional;

/** By what a report adds up charges, and by what it can be narrowed. */
public enum Dimension {
    /** The value is {@code owner/name}. */
    ALGORITHM(Of.SUBJECT, "c.algorithm", "g.id", ""),
    /** The value is {@code owner/name/1.0.0}. */
    VERSION(Of.SUBJECT, "c.algorithm || '/' || c.version", "g.id", ""),
    /** The value is the owner's name. */
    PUBLISHER(Of.SUBJECT, "c.publisher_id", "owner.name", "JOIN owner ON owner.id = g.id"),
    /** The value is the owner's name. */
    CALLER(Of.CALLER, "c.caller_id", "owner.name", "JOIN owner ON owner.id = g.id"),
    /** The value is the key's id, or {@link #NO_KEY} for calls from pages. */
    KEY(Of.CALLER, "c.key_id", "coalesce(g.id::text, '" + Dimension.NO_KEY + "')", ""),
    /** The value is as callers write it: {@code customer=acme}. A call with several counts for each of them. */
    LABEL(Of.LABEL, "c.label", "g.id", ""),
    /** The value is as calls name it: {@code cpu}, {@code gpu:0}. */
    DEVICE(Of.SUBJECT, "c.device", "g.id", ""),
    /** The value is the month (UTC): {@code 2026-11}. */
    MONTH(Of.TIME, "to_char(c.day, 'YYYY-MM')", "g.id", ""),
    /** The value is the day (UTC): {@code 2026-11-27}. */
    DAY(Of.TIME, "c.day", "g.id::text", "");

    public static final String NO_KEY = "none";

    /** Which of the roll-ups knows it: all know the time. */
    enum Of {
        SUBJECT,
        CALLER,
        LABEL,
        TIME
    }

    private final Of of;
    private final String group;
    private final String value;
    private final String join;

    Dimension(Of of, String group, String value, String join) {
        this.of = of;
        this.group = group;
        this.value = value;
        this.join = join;
    }

    Of of() {
        return of;
    }

    /** SQL of what is grouped by, of a row {@code c}. */
    String group() {
        return group;
    }

    /** SQL of the value, of a group {@code g} with its {@code id} and {@link #join}. */
    String value() {
        return value;
    }

    String join() {
        return join;
    }

    /** As addresses and column titles name it: {@code algorithm}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Dimension> of(String wire) {
        for (Dimension dimension : values()) {
            if (dimension.wire().equals(wire)) {
                return Optional.of(dimension);
            }
        }
        return Optional.empty();
    }
}
