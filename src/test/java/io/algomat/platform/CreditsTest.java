package io.algomat.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "1,0.000001", "600000,0.6", "1000000,1", "10000000000,10000", "-1500000,-1.5"})
    void writesPlainDecimalsWithoutTrailingZeros(long micro, String text) {
        assertThat(Credits.micro(micro)).hasToString(text);
        assertThat(Credits.parse(text)).isEqualTo(Credits.micro(micro));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "free", "1,5", "0.0000001", "99999999999999999999", "NaN"})
    void refusesWhatIsNoAmountAndNamesIt(String text) {
        assertThatThrownBy(() -> Credits.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'")
                .hasMessageContaining("six decimal places");
    }

    @Test
    void neverWrapsAround() {
        Credits most = Credits.micro(Long.MAX_VALUE);
        assertThatThrownBy(() -> most.plus(Credits.micro(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(2)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Credits.micro(Long.MIN_VALUE).negate()).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aPriceIsAboutRoyaltyPlusComputeTime() {
        Price price = new Price(Credits.parse("0.5"), Credits.micro(1000), 1500);
        assertThat(price.about(31)).isEqualTo(Credits.parse("0.531"));
    }
}
