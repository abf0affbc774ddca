package io.algomat.workers;

/**
 * How long a version's workers stay warm without a call, learned from how long it was quiet between its calls: a histogram,
 * as in Shahrad and others, "Serverless in the Wild" (2020). Where the pauses are long and alike, the worker goes soon
 * and another is started shortly before the next call is due. Not thread-safe.
 */
final class KeepWarm {
    /** @param usual how long, until enough is known; {@code least} and {@code most} bound what is learned; nanoseconds */
    record Bounds(long usual, long least, long most) {}

    private static final long SHORTEST = 1_000_000_000L;
    private static final int PER_OCTAVE = 4;
    /** Up to some 24 hours. */
    private static final int BINS = 17 * PER_OCTAVE;

    private static final int ENOUGH = 8;
    private static final int MUCH = 512;
    private static final double EARLY = 0.85;
    private static final double LATE = 1.15;

    private final Bounds bounds;
    private final double[] bins = new double[BINS];
    private double total;
    private long quietSince;
    private boolean quiet;

    KeepWarm(Bounds bounds) {
        this.bounds = bounds;
    }

    /** The pool has no call any more. */
    void quiet(long now) {
        quietSince = now;
        quiet = true;
    }

    /** A call came. Pauses below a second are one burst of calls. */
    void arrived(long now) {
        if (quiet && now - quietSince >= SHORTEST) {
            learn(now - quietSince);
        }
        quiet = false;
    }

    private void learn(long pause) {
        bins[Math.min(BINS - 1, bin(pause))]++;
        total++;
        if (total > MUCH) {
            total = 0;
            for (int i = 0; i < BINS; i++) {
                bins[i] /= 2;
                total += bins[i];
            }
        }
    }

    /** How long an idle worker stays. */
    long keepNanos() {
        if (total < ENOUGH) {
            return bounds.usual();
        }
        if (againNanos() > 0) {
            return bounds.least();
        }
        long longest = (long) (LATE * quantile(0.99));
        return longest > bounds.most() ? bounds.usual() : Math.max(bounds.least(), longest);
    }

    /** Whether a worker should be started for a call that is due, though none has come. */
    boolean due(long now) {
        long again = againNanos();
        if (again == 0 || !quiet) {
            return false;
        }
        long since = now - quietSince;
        long longest = Math.min((long) (LATE * quantile(0.99)), again + bounds.most());
        return since >= again && since < longest;
    }

    /** After how long a pause a worker is started again; 0 where it rather stays. */
    long againNanos() {
        if (total < ENOUGH) {
            return 0;
        }
        long soonest = (long) (EARLY * quantile(0.05));
        boolean alike = quantile(0.99) < 4 * quantile(0.05);
        return alike && soonest > 3 * bounds.usual() ? soonest : 0;
    }

    private long quantile(double part) {
        double passed = 0;
        for (int i = 0; i < BINS; i++) {
            passed += bins[i];
            if (passed >= part * total) {
                // The upper bound for long ones and the lower for short ones would be a bin apart at most.
                return (long) (SHORTEST * Math.pow(2, (i + (part > 0.5 ? 1.0 : 0.0)) / PER_OCTAVE));
            }
        }
        return (long) (SHORTEST * Math.pow(2, (double) BINS / PER_OCTAVE));
    }

    private static int bin(long pause) {
        return (int) (PER_OCTAVE * Math.log((double) pause / SHORTEST) / Math.log(2));
    }
}
