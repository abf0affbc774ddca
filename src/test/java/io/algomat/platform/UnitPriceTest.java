package io.algomat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitPriceTest {
    private static UnitPrice price(String metric, String credits, long per, long most) {
        return new UnitPrice(metric, Credits.parse(credits), per, Units.of(most));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 100, 3, 6",
        "2, 1, 100, 100, 200",
        "2, 1, 100, 100.001, 200",
        "2, 1, 100, 1e18, 200",
        "2, 1, 100, 0, 0",
        "0.1, 1000, 5000, 1234, 0.1234",
        "0.5, 1, 60, 2.5004, 1.25",
        "0.5, 1, 60, 2.5006, 1.2505",
        "0.000001, 3, 10, 8, 0.000002"
    })
    void unitsArePaidUpToTheMostAndRoundedDownToTheMicroCredit(
            String credits, long per, long most, double reported, String cost) {
        assertThat(price("pages", credits, per, most).of(Units.reported(reported)))
                .isEqualTo(Credits.parse(cost));
    }

    @Test
    void noRoundingLosesMoreThanAMicroCreditAndNothingOverflows() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            UnitPrice price = new UnitPrice(
                    "pages",
                    Credits.micro(random.nextLong(1, 1_000_000_000L)),
                    random.nextLong(1, 1_000_000_000L),
                    Units.of(random.nextLong(1, 1_000_000_000L)));
            Units units = new Units(random.nextLong(0, price.most().thousandths() + 1));
            BigInteger exact = BigInteger.valueOf(units.thousandths())
                    .multiply(BigInteger.valueOf(price.credits().micro()));
            BigInteger cost = BigInteger.valueOf(price.of(units).micro())
                    .multiply(BigInteger.valueOf(price.per()))
                    .multiply(BigInteger.valueOf(1000));
            assertThat(exact.subtract(cost))
                    .isBetween(
                            BigInteger.ZERO,
                            BigInteger.valueOf(price.per() * 1000).subtract(BigInteger.ONE));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, Double.NaN, Double.NEGATIVE_INFINITY})
    void whatIsNoAmountIsRefused(double value) {
        assertThatThrownBy(() -> Units.reported(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsAreCountedInThousandthsAndOnlySoFar() {
        assertThat(Units.reported(0.0004)).isEqualTo(Units.ZERO);
        assertThat(Units.reported(0.1).plus(Units.reported(0.2))).hasToString("0.3");
        assertThat(Units.reported(Double.POSITIVE_INFINITY)).isEqualTo(Units.MOST);
        assertThat(Units.reported(1e18).plus(Units.reported(1e18))).isEqualTo(Units.MOST);
    }

    @ParameterizedTest
    @CsvSource({
        "pages, 2, 1, 100, '2 credits per page, at most 100 pages'",
        "tokens, 1, 1000, 50000, '1 credit per 1000 tokens, at most 50000 tokens'",
        "audio_seconds, 0.01, 1, 600, '0.01 credits per audio second, at most 600 audio seconds'",
        "boxes, 2, 1, 1, '2 credits per box, at most 1 box'",
        "entries, 2, 1, 5, '2 credits per entry, at most 5 entries'",
        "class, 2, 1, 5, '2 credits per class, at most 5 class'"
    })
    void itReadsAsASentence(String metric, String credits, long per, long most, String sentence) {
        assertThat(price(metric, credits, per, most)).hasToString(sentence);
    }

    @ParameterizedTest
    @CsvSource({
        "pages, 2, 1, 100, false",
        "pages, 1.9, 1, 100, false",
        "pages, 4, 2, 100, false",
        "pages, 4.000001, 2, 100, true",
        "pages, 2, 1, 99, false",
        "pages, 2, 1, 101, true",
        "lines, 0.1, 1, 1, true"
    })
    void aPriceIsAboveAnotherWhenACallMayCostMore(String metric, String credits, long per, long most, boolean above) {
        Price before = new Price(Credits.of(1), Credits.ZERO, 0, price("pages", "2", 1, 100));
        Price after = new Price(Credits.of(1), Credits.ZERO, 0, price(metric, credits, per, most));

        assertThat(after.above(before)).isEqualTo(above);
        assertThat(after.above(new Price(Credits.of(1), Credits.ZERO, 0))).isTrue();
        assertThat(new Price(Credits.of(1), Credits.ZERO, 0).above(before)).isFalse();
    }
}
