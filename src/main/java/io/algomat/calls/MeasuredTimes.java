package io.algomat.calls;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How long versions were seen to compute, kept in memory so that a hold asks no database. */
@ApplicationScoped
class MeasuredTimes {
    private final ConcurrentMap<Long, Double> p99Millis = new ConcurrentHashMap<>();

    /** Empty while too few calls were seen to tell. */
    OptionalDouble p99Millis(long versionId) {
        Double measured = p99Millis.get(versionId);
        return measured == null ? OptionalDouble.empty() : OptionalDouble.of(measured);
    }

    void measured(long versionId, double millis) {
        p99Millis.put(versionId, millis);
    }
}
