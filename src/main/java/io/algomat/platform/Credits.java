package io.algomat.platform;

import java.math.BigDecimal;

/**
 * An amount of money in micro-credits: 1 credit is 1,000,000 µcr, and 10,000 credits are one unit of the site's
 * currency. All arithmetic is exact and throws {@link ArithmeticException} on overflow.
 */
public record Credits(long micro) implements Comparable<Credits> {
    public static final Credits ZERO = new Credits(0);
    private static final long MICRO_PER_CREDIT = 1_000_000;

    public static Credits of(long credits) {
        return new Credits(Math.multiplyExact(credits, MICRO_PER_CREDIT));
    }

    public static Credits micro(long micro) {
        return new Credits(micro);
    }

    /**
     * Reads a decimal number of credits, at most six places.
     *
     * @throws IllegalArgumentException when it is no number, has more than six places or does not fit
     */
    public static Credits parse(String text) {
        try {
            return new Credits(new BigDecimal(text.strip())
                    .multiply(BigDecimal.valueOf(MICRO_PER_CREDIT))
                    .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no amount of credits: expected a number with at most six decimal places", e);
        }
    }

    public Credits plus(Credits other) {
        return new Credits(Math.addExact(micro, other.micro));
    }

    public Credits minus(Credits other) {
        return new Credits(Math.subtractExact(micro, other.micro));
    }

    public Credits times(long factor) {
        return new Credits(Math.multiplyExact(micro, factor));
    }

    public Credits negate() {
        return new Credits(Math.negateExact(micro));
    }

    public Credits min(Credits other) {
        return micro <= other.micro ? this : other;
    }

    public boolean isZero() {
        return micro == 0;
    }

    public boolean isNegative() {
        return micro < 0;
    }

    @Override
    public int compareTo(Credits other) {
        return Long.compare(micro, other.micro);
    }

    /** Plain decimal credits without trailing zeros, as headers, JSON and CSV carry them: {@code 0.6}. */
    @Override
    public String toString() {
        return micro == 0
                ? "0"
                : BigDecimal.valueOf(micro, 6).stripTrailingZeros().toPlainString();
    }
}
