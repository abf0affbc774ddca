package io.algomat.billing;

/** By what a report adds up charges. */
public enum Grouping {
    ALGORITHM("charge.algorithm", ""),
    PUBLISHER("owner.name", "JOIN owner ON owner.id = charge.publisher_id"),
    CALLER("owner.name", "JOIN owner ON owner.id = charge.caller_id"),
    /** The label is the key's id; empty for calls from a page. */
    KEY("coalesce(charge.key_id::text, '')", "");

    private final String label;
    private final String join;

    Grouping(String label, String join) {
        this.label = label;
        this.join = join;
    }

    String label() {
        return label;
    }

    String join() {
        return join;
    }
}
