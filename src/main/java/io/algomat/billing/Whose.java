package io.algomat.billing;

/** Whose charges a report is about. */
public sealed interface Whose {
    /** All charges of the site. */
    record Everyones() implements Whose {}

    /** What an owner paid. */
    record Callers(long id) implements Whose {}

    /** What was paid for an owner's algorithms. */
    record Publishers(long id) implements Whose {}
}
