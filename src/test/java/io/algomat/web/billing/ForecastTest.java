package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.billing.Counted;
import io.algomat.billing.Figures;
import io.algomat.billing.GivenBack;
import io.algomat.billing.Period;
import io.algomat.billing.Report;
import io.algomat.billing.Sums;
import io.algomat.platform.Credits;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final LocalDate TENTH = LocalDate.of(2026, 11, 10);

    @Test
    void theRestOfTheMonthIsAsTheLastSevenDaysWere() {
        List<Report.Day> days =
                IntStream.range(1, 10).mapToObj(day -> day(day, 7)).toList();

        Forecast forecast = Forecast.of(days, TENTH);

        assertThat(forecast.spent()).isEqualTo(Credits.of(63));
        // Nine days of 7, today and twenty more as they were.
        assertThat(forecast.whole()).isEqualTo(Credits.of(210));
    }

    @Test
    void aDayThatCostMoreThanOthersIsCountedAsItIs() {
        Forecast forecast = Forecast.of(List.of(day(3, 70), day(10, 100)), TENTH);

        assertThat(forecast.spent()).isEqualTo(Credits.of(170));
        assertThat(forecast.whole()).isEqualTo(Credits.of(70 + 100 + 20 * 10));
    }

    @Test
    void whoBeganYesterdayIsMeasuredByYesterday() {
        assertThat(Forecast.of(List.of(day(9, 5)), TENTH).whole()).isEqualTo(Credits.of(5 + 5 + 20 * 5));
        assertThat(Forecast.of(List.of(day(10, 5)), TENTH).whole()).isEqualTo(Credits.of(5));
        assertThat(Forecast.of(List.of(), TENTH).whole()).isEqualTo(Credits.ZERO);
    }

    @Test
    void onTheFirstOfAMonthTheLastOneTellsWhatDaysCost() {
        LocalDate first = LocalDate.of(2026, 12, 1);
        assertThat(Forecast.needed(first)).isEqualTo(new Period(LocalDate.of(2026, 11, 24), first));
        assertThat(Forecast.of(List.of(day(24, 7)), first)).isEqualTo(new Forecast(Credits.ZERO, Credits.of(31)));
    }

    private static Report.Day day(int of, long gross) {
        Sums sums = new Sums(Credits.of(gross), Credits.of(gross), Credits.ZERO, Credits.ZERO, Credits.ZERO);
        return new Report.Day(
                LocalDate.of(2026, 11, of), new Figures(1, 0, 0, 0, sums, GivenBack.NOTHING, Counted.NOTHING));
    }
}
