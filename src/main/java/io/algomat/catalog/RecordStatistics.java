package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;

/** Takes in what the call log found out about each version, for cards, sorting and the price shown. */
@ApplicationScoped
public class RecordStatistics {
    /** Figures over a version's recent calls; times in milliseconds of compute. */
    public record Statistics(long versionId, long calls, long succeeded, double p50Ms, double p99Ms) {}

    public void record(Collection<Statistics> statistics) {
        throw new UnsupportedOperationException("catalog");
    }
}
