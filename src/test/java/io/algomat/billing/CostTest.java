package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1500, 0",
        "1, 1500, 0",
        "6, 1500, 0",
        "7, 1500, 1",
        "333333, 1500, 49999",
        "500000, 1500, 75000",
        "1, 10000, 1",
        "9223372036854775807, 10000, 9223372036854775807"
    })
    void theFeeIsRoundedDownToTheMicroCredit(long royalty, int takeBps, long fee) {
        assertThat(cost(royalty, takeBps).fee()).isEqualTo(Credits.micro(fee));
    }

    @Test
    void roundingLosesNothingAndFavoursThePublisher() {
        Random random = new Random(20261124);
        for (int i = 0; i < 100_000; i++) {
            long royalty = random.nextLong(Long.MAX_VALUE);
            int takeBps = random.nextInt(10_001);
            Cost cost = cost(royalty, takeBps);
            long exact = BigInteger.valueOf(royalty)
                    .multiply(BigInteger.valueOf(takeBps))
                    .divide(BigInteger.valueOf(10_000))
                    .longValueExact();
            assertThat(cost.fee().micro()).isEqualTo(exact);
            assertThat(cost.fee().plus(cost.publisherShare())).isEqualTo(cost.royalty());
        }
    }

    @Test
    void whatCannotBeCountedIsRefusedAndNotWrappedAround() {
        Price price = new Price(Credits.micro(Long.MAX_VALUE), Credits.micro(1), 1500);
        assertThatThrownBy(() -> Cost.most(Calls.of(1, 2, price, 1, false)).total())
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Cost.of(Calls.royaltyOnly(1, 2, 1), -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Cost cost(long royalty, int takeBps) {
        return Cost.most(Calls.of(1, 2, new Price(Credits.micro(royalty), Credits.ZERO, takeBps), 0, false));
    }
}
