package io.algomat.billing;

/** Whose charges a report is about. */
public sealed interface Whose {
    /** The SQL that picks them; it has one parameter, {@link #id}. */
    String condition();

    long id();

    /** All charges of the site. */
    record Everyones() implements Whose {
        @Override
        public String condition() {
            return "?::bigint IS NOT NULL";
        }

        @Override
        public long id() {
            return 0;
        }
    }

    /** What an owner paid. */
    record Callers(long id) implements Whose {
        @Override
        public String condition() {
            return "charge.caller_id = ?";
        }
    }

    /** What was paid for an owner's algorithms. */
    record Publishers(long id) implements Whose {
        @Override
        public String condition() {
            return "charge.publisher_id = ?";
        }
    }
}
