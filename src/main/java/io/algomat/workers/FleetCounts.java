package io.algomat.workers;

import java.util.concurrent.atomic.AtomicLong;

/** What happened to workers since the gateway began; written under the fleet's lock, read by the meters. */
final class FleetCounts {
    private final AtomicLong starts = new AtomicLong();
    private final AtomicLong sparesUsed = new AtomicLong();
    private final AtomicLong losses = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final AtomicLong coldStarts = new AtomicLong();
    private final AtomicLong coldNanos = new AtomicLong();

    void started() {
        starts.incrementAndGet();
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

    /** A worker went that its pool had not told to go. */
    void lost() {
        losses.incrementAndGet();
    }

    void evicted() {
        evictions.incrementAndGet();
    }

    long starts() {
        return starts.get();
    }

    long sparesUsed() {
        return sparesUsed.get();
    }

    long losses() {
        return losses.get();
    }

    long evictions() {
        return evictions.get();
    }

    long coldStarts() {
        return coldStarts.get();
    }

    long coldNanos() {
        return coldNanos.get();
    }
}
