package io.algomat.billing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger held against each of its rules, at one moment.
 *
 * @param took how long it was read
 * @param actor who wished it, or null for the system
 */
public record Reconciliation(
        Instant startedAt, Duration took, @Nullable String actor, List<Finding> findings) {

    /** @param differences in how many places the rule is broken */
    public record Finding(LedgerRule rule, long differences, Duration took) {}

    public long differences() {
        return findings.stream().mapToLong(Finding::differences).sum();
    }

    public Instant endedAt() {
        return startedAt.plus(took);
    }
}
