package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a limit is used, as its owner looks at it. */
class LimitViewTest {
    @ParameterizedTest
    @CsvSource({
        "10, , 4.99, 7, 49, false",
        "10, , 10, 7, 100, true",
        "10, , 25, 7, 100, true",
        "10, , 9.999999, 0, 99, false",
        ", 8, 5, 2, 25, false",
        ", 8, 5, 8, 100, true",
        "10, 8, 1, 6, 75, false",
        "10, 8, 9, 6, 90, false",
        "0, 0, 0, 0, 0, false"
    })
    void thePartThatIsUsedMostIsTold(
            @Nullable String most, @Nullable Long mostCalls, String spent, long calls, long percent, boolean reached) {
        SpendLimit limit =
                new SpendLimit(1, null, LimitPeriod.DAY, most == null ? null : Credits.parse(most), mostCalls);
        SpendLimits.View view = new SpendLimits.View(limit, null, Credits.parse(spent), calls, null, List.of());

        assertThat(view.percent()).isEqualTo(percent);
        assertThat(view.reached()).isEqualTo(reached);
    }

    @Test
    void periodsAreKnownByTheirNames() {
        for (LimitPeriod period : LimitPeriod.values()) {
            assertThat(LimitPeriod.of(period.wire())).contains(period);
        }
        assertThat(LimitPeriod.of("DAY")).isEmpty();
        assertThat(new SpendLimit(1, null, LimitPeriod.TOTAL, Credits.of(5), 7L).words())
                .isEqualTo("5 credits and 7 calls in total");
        assertThat(new SpendLimit(1, null, LimitPeriod.MONTH, null, 7L).words()).isEqualTo("7 calls a month");
    }
}
