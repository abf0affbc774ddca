package io.algomat.workers;

/**
 * Where a call's time went, in nanoseconds.
 *
 * @param queueNanos waiting for an idle slot, without the cold start
 * @param coldNanos waiting for a worker to start and load; 0 when one was warm
 * @param computeNanos the worker's own measure of the run, a batch's shared out among its calls; what billing counts
 * @param worker such as {@code djl-2}
 * @param batch how many calls ran together; 1 for a call alone, 0 for one that never ran
 */
public record Timing(
        long queueNanos, long coldNanos, long computeNanos, String worker, String device, int attempts, int batch) {
    public static final Timing NONE = new Timing(0, 0, 0, "", "", 0, 0);

    /** Billed milliseconds: compute rounded up to the next whole one. */
    public long billedMillis() {
        return Math.ceilDiv(computeNanos, 1_000_000);
    }
}
