package io.algomat.workers;

/**
 * How long n calls take together on one worker, learned as d(n) = a·n + b by least squares that forget: each batch weighs
 * 2 % less than the one after it. The first batches of a version are skipped, since a fresh process is slow. Not thread-safe.
 */
final class LatencyModel {
    private static final int SKIPPED = 2;
    private static final double KEPT = 0.98;
    /** Errors from when the line was still being found are forgotten sooner. */
    private static final double ERRORS_KEPT = 0.9;

    /** One in twenty batches takes longer than its estimate by so many standard deviations. */
    private static final double P95 = 1.645;
    /** Sizes that differ by less than this variance tell nothing about the slope. */
    private static final double LEAST_VARIANCE = 0.02;

    private double weight;
    private double sizes;
    private double sizesSquared;
    private double times;
    private double timesBySize;
    private double squaredErrors;
    private double errors;
    private int seen;
    private int largest;

    void learn(int size, long nanos) {
        seen++;
        if (seen <= SKIPPED) {
            return;
        }
        double error = weight > 0 ? nanos - nanos(size) : 0;
        squaredErrors = ERRORS_KEPT * squaredErrors + error * error;
        errors = ERRORS_KEPT * errors + 1;
        weight = KEPT * weight + 1;
        sizes = KEPT * sizes + size;
        sizesSquared = KEPT * sizesSquared + (double) size * size;
        times = KEPT * times + nanos;
        timesBySize = KEPT * timesBySize + (double) nanos * size;
        largest = Math.max(largest, size);
    }

    boolean known() {
        return weight > 0;
    }

    /** The largest batch that was measured; 0 before the first. */
    int largest() {
        return largest;
    }

    /** What each further call of a batch costs, in nanoseconds. Until sizes differ, the whole: no gain is assumed. */
    double perItem() {
        if (!known()) {
            return 0;
        }
        if (!slopeKnown()) {
            return times / sizes;
        }
        double slope = (weight * timesBySize - sizes * times) / (weight * sizesSquared - sizes * sizes);
        double whole = times - slope * sizes;
        // A line below the origin would promise batches for nothing.
        return whole < 0 ? timesBySize / sizesSquared : Math.max(0, slope);
    }

    /** What a batch costs whatever its size, in nanoseconds. */
    double perBatch() {
        return known() ? Math.max(0, (times - perItem() * sizes) / weight) : 0;
    }

    boolean slopeKnown() {
        double mean = sizes / weight;
        return sizesSquared / weight - mean * mean > LEAST_VARIANCE;
    }

    /** The expected duration of a batch. */
    long nanos(int size) {
        return (long) (perItem() * size + perBatch());
    }

    /** What nineteen of twenty batches of that size stay under. */
    long nanosMostly(int size) {
        return known() ? nanos(size) + (long) (P95 * Math.sqrt(squaredErrors / errors)) : 0;
    }
}
