package io.algomat.workers;

/**
 * How many waiting calls a worker that has just turned idle takes at once: the most that keep the latency target and
 * the earliest of their deadlines. Nothing waits for a batch to fill: while a worker is idle there is no queue.
 */
final class BatchFormer {
    /** Where a batch costs so little of its own, calls gain nothing by sharing one; a pair now and then keeps the estimate. */
    private static final double LEAST_GAIN = 0.05;

    private final LatencyModel model;
    private final long targetNanos;

    BatchFormer(LatencyModel model, long targetNanos) {
        this.model = model;
        this.targetNanos = targetNanos;
    }

    /** The most calls that are worth a try; a batch is never more than twice as large as any that was measured. */
    int most(int largestBatch) {
        if (largestBatch <= 1 || !model.known()) {
            return 1;
        }
        int tried = Math.min(largestBatch, 2 * model.largest());
        boolean gains = model.perBatch() > LEAST_GAIN * model.nanos(1);
        return gains || !model.slopeKnown() ? tried : Math.min(2, tried);
    }

    /**
     * Whether a batch may have so many calls.
     *
     * @param earliestDeadline of all in it
     */
    boolean fits(int size, long earliestDeadline, long now) {
        return model.nanos(size) <= Math.max(targetNanos, model.nanos(1))
                && now + model.nanosMostly(size) - earliestDeadline <= 0;
    }

    /** What one call costs its worker when many wait, in nanoseconds; 0 while nothing is known. */
    long nanosPerCall(int largestBatch) {
        int size = most(largestBatch);
        while (size > 1 && model.nanos(size) > Math.max(targetNanos, model.nanos(1))) {
            size--;
        }
        return model.known() ? Math.max(1, model.nanos(size) / size) : 0;
    }
}
