package io.algomat.workers;

import java.util.Arrays;

/** The mean of a figure over its last seconds, in slots of one second. Not thread-safe. */
final class Windows {
    private static final long SECOND = 1_000_000_000L;

    private final double[] sums;
    private final int[] counts;
    private long second = Long.MIN_VALUE;

    Windows(int seconds) {
        this.sums = new double[seconds];
        this.counts = new int[seconds];
    }

    void sample(double value, long now) {
        move(Math.floorDiv(now, SECOND));
        int at = at(second);
        sums[at] += value;
        counts[at]++;
    }

    /** The mean over the last so many seconds; 0 where nothing was sampled. */
    double mean(int seconds, long now) {
        move(Math.floorDiv(now, SECOND));
        double sum = 0;
        long count = 0;
        for (long at = second - seconds + 1; at <= second; at++) {
            sum += sums[at(at)];
            count += counts[at(at)];
        }
        return count == 0 ? 0 : sum / count;
    }

    private void move(long to) {
        if (second == Long.MIN_VALUE || to - second >= sums.length) {
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
        } else {
            for (long at = second + 1; at <= to; at++) {
                sums[at(at)] = 0;
                counts[at(at)] = 0;
            }
        }
        second = Math.max(second, to);
    }

    private int at(long moment) {
        return (int) Math.floorMod(moment, (long) sums.length);
    }
}
