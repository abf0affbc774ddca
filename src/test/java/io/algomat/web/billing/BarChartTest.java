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
import org.junit.jupiter.api.Test;

class BarChartTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @Test
    void everyDayHasItsBarTheQuietOnesToo() {
        BarChart chart = BarChart.wide(List.of(day(2, 20, 10)), new Period(FIRST, FIRST.plusDays(23)));

        assertThat(chart.bars()).hasSize(24);
        assertThat(chart.bars().get(2).title()).isEqualTo("3 Nov: 30 credits, of which 10 for compute");
        assertThat(chart.bars().get(3).royaltyHeight()).isEqualTo("0.0");
        assertThat(chart.description())
                .isEqualTo(
                        "24 bars of royalties and compute, 30 credits together. The highest is 3 Nov: 30 credits, of "
                                + "which 10 for compute.");
    }

    @Test
    void theHighestBarFitsUnderTheHighestLine() {
        BarChart chart = BarChart.wide(List.of(day(0, 20, 10), day(1, 5, 5)), new Period(FIRST, FIRST.plusDays(1)));

        assertThat(chart.ticks()).extracting(BarChart.Tick::text).containsExactly("0", "10", "20", "30");
        assertThat(chart.bars().getFirst().computeY()).isEqualTo("20.0");
        assertThat(chart.bars().getFirst().royaltyHeight()).isEqualTo("114.7");
    }

    @Test
    void aNarrowScreenGetsFewerBarsAndLosesNothing() {
        Period month = new Period(FIRST, FIRST.plusDays(29));
        BarChart chart = BarChart.narrow(List.of(day(0, 1, 0), day(1, 2, 0), day(29, 4, 0)), month);

        assertThat(chart.bars()).hasSize(15);
        assertThat(chart.bars().getFirst().title()).startsWith("1 Nov to 2 Nov: 3 credits");
        assertThat(chart.bars().getLast().title()).startsWith("29 Nov to 30 Nov: 4 credits");
        assertThat(chart.bars()).filteredOn(bar -> !bar.label().isEmpty()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aPeriodWithoutChargesHasAnEmptyChart() {
        BarChart chart = BarChart.wide(List.of(), new Period(FIRST, FIRST));

        assertThat(chart.bars())
                .singleElement()
                .extracting(BarChart.Bar::royaltyHeight)
                .isEqualTo("0.0");
    }

    private static Report.Day day(int after, long royalty, long compute) {
        Sums sums = new Sums(
                Credits.of(royalty + compute), Credits.of(royalty), Credits.ZERO, Credits.of(compute), Credits.ZERO);
        return new Report.Day(FIRST.plusDays(after), new Figures(1, 0, 0, 0, sums, GivenBack.NOTHING, Counted.NOTHING));
    }
}
