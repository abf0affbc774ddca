package io.algomat.platform;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a version asks beside its royalty for what its algorithm counts.
 *
 * @param metric what is counted, in small letters and in the plural, such as {@code pages}
 * @param credits for {@code per} units
 * @param most units that one call pays at most, and its hold covers; what is reported beyond is not billed
 */
public record UnitPrice(String metric, Credits credits, long per, Units most) {
    private static final BigInteger THOUSANDTHS = BigInteger.valueOf(1_000);

    /** What so many units cost, rounded down to the micro-credit. Units beyond the most are not counted. */
    public Credits of(Units units) {
        return Credits.micro(BigInteger.valueOf(billed(units).thousandths())
                .multiply(BigInteger.valueOf(credits.micro()))
                .divide(BigInteger.valueOf(per).multiply(THOUSANDTHS))
                .longValueExact());
    }

    public Units billed(Units units) {
        return units.min(most);
    }

    /** The most that the units of one call cost. */
    public Credits highest() {
        return of(most);
    }

    /** Whether units may cost more than by another price; of another metric they may, whatever it asks. */
    boolean above(@Nullable UnitPrice other) {
        return other == null
                || !metric.equals(other.metric)
                || most.compareTo(other.most) > 0
                || micro(per, other.credits).compareTo(micro(other.per, credits)) < 0;
    }

    private static BigInteger micro(long times, Credits credits) {
        return BigInteger.valueOf(credits.micro()).multiply(BigInteger.valueOf(times));
    }

    /** What the credits are for, as pages write it: {@code page}, or {@code 1000 tokens}. */
    public String unit() {
        return per > 1 ? per + " " + words() : singular(words());
    }

    /** As pages write it: {@code 2 credits per page, at most 100 pages}. */
    @Override
    public String toString() {
        String most = this.most + " " + (this.most.equals(Units.of(1)) ? singular(words()) : words());
        return credits + (credits.equals(Credits.of(1)) ? " credit" : " credits") + " per " + unit() + ", at most "
                + most;
    }

    private String words() {
        return metric.replace('_', ' ');
    }

    private static String singular(String words) {
        if (words.endsWith("ies")) {
            return words.substring(0, words.length() - 3) + "y";
        }
        if (words.matches(".*(x|ch|sh|ss)es")) {
            return words.substring(0, words.length() - 2);
        }
        return words.endsWith("s") && !words.endsWith("ss") ? words.substring(0, words.length() - 1) : words;
    }
}
