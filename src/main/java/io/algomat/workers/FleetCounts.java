package io.algomat.workers;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all pools decided since the gateway began, and how long their workers took to start; it outlives the pools that are
 * forgotten. Written under the fleet's lock, read by the meters.
 */
final class FleetCounts {
    private final Map<PoolDecision.Kind, AtomicLong> decisions = new EnumMap<>(PoolDecision.Kind.class);
    private final AtomicLong sparesUsed = new AtomicLong();
    private final AtomicLong coldStarts = new AtomicLong();
    private final AtomicLong coldNanos = new AtomicLong();

    FleetCounts() {
        for (PoolDecision.Kind kind : PoolDecision.Kind.values()) {
            decisions.put(kind, new AtomicLong());
        }
    }

    void decided(PoolDecision.Kind kind) {
        of(kind).incrementAndGet();
    }

    long decisions(PoolDecision.Kind kind) {
        return of(kind).get();
    }

    private AtomicLong of(PoolDecision.Kind kind) {
        return java.util.Objects.requireNonNull(decisions.get(kind));
    }

    /** A worker began in a sandbox that was there already. */
    void spareUsed() {
        sparesUsed.incrementAndGet();
    }

    /** From the decision to start a worker until it could take a call. */
    void ready(long nanos) {
        coldStarts.incrementAndGet();
        coldNanos.addAndGet(nanos);
    }

    long sparesUsed() {
        return sparesUsed.get();
    }

    long coldStarts() {
        return coldStarts.get();
    }

    long coldNanos() {
        return coldNanos.get();
    }
}
