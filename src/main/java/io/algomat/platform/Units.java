package io.algomat.platform;

import java.math.BigDecimal;

/**
 * How much of something an algorithm counted: pages, seconds of sound. Counted in whole thousandths, so that sums are
 * exact.
 */
public record Units(long thousandths) implements Comparable<Units> {
    public static final Units ZERO = new Units(0);
    /** Whoever reports more has counted so much: far above all that can be billed, far below an overflow. */
    public static final Units MOST = Units.of(1_000_000_000_000L);

    private static final long ONE = 1_000;

    public static Units of(long whole) {
        return new Units(Math.multiplyExact(whole, ONE));
    }

    /**
     * As an algorithm reports it: rounded to the nearest thousandth, and at most {@link #MOST}.
     *
     * @throws IllegalArgumentException when it is no number, or below zero
     */
    public static Units reported(double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("a metric of " + value + "; expected a number from 0 up");
        }
        return value >= MOST.thousandths / ONE ? MOST : new Units(Math.round(value * ONE));
    }

    /** The sum, at most {@link #MOST}. */
    public Units plus(Units more) {
        return new Units(Math.min(MOST.thousandths, thousandths + more.thousandths));
    }

    public Units min(Units other) {
        return thousandths <= other.thousandths ? this : other;
    }

    /** Without what is left over of a whole one. */
    public long whole() {
        return thousandths / ONE;
    }

    public boolean isZero() {
        return thousandths == 0;
    }

    @Override
    public int compareTo(Units other) {
        return Long.compare(thousandths, other.thousandths);
    }

    /** Plain decimal units without trailing zeros: {@code 2.5}. */
    @Override
    public String toString() {
        return thousandths == 0
                ? "0"
                : BigDecimal.valueOf(thousandths, 3).stripTrailingZeros().toPlainString();
    }
}
