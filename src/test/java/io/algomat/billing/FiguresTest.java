package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.Page;
import io.algomat.platform.Units;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The arithmetic of reports, of 100 credits of royalties at a fee of 15 and 20 of compute, 30 of it given back. */
class FiguresTest {
    private static final Sums SUMS =
            new Sums(Credits.of(120), Credits.of(100), Credits.of(15), Credits.of(20), Credits.of(40));
    private static final Figures FIGURES = new Figures(
            3, 1, 2, 700, SUMS, new GivenBack(Credits.of(30), Credits.of(8)), counted(Map.of("pages", 2.5)));

    private static Counted counted(Map<String, Double> units) {
        TreeMap<String, Units> counted = new TreeMap<>();
        units.forEach((metric, count) -> counted.put(metric, Units.reported(count)));
        return new Counted(counted);
    }

    @Test
    void whoEarnsWhat() {
        assertThat(SUMS.share()).isEqualTo(Credits.of(85));
        assertThat(SUMS.site()).isEqualTo(Credits.of(35));
        assertThat(FIGURES.net()).isEqualTo(Credits.of(90));
        assertThat(FIGURES.netShare()).isEqualTo(Credits.of(77));
        assertThat(FIGURES.netSite()).isEqualTo(Credits.of(13));
        assertThat(FIGURES.free()).isEqualTo(3);
    }

    @Test
    void partsAreInPercent() {
        assertThat(FIGURES.successPercent()).isEqualTo(75);
        assertThat(FIGURES.takePercent()).isEqualTo(15);
        assertThat(FIGURES.sitePercent()).isEqualTo(100.0 * 35 / 120);
        assertThat(Figures.NOTHING.successPercent()).isEqualTo(100);
        assertThat(Figures.NOTHING.takePercent()).isZero();
        assertThat(Figures.NOTHING.sitePercent()).isZero();
    }

    @Test
    void figuresAreAddedPartByPart() {
        Figures more = new Figures(
                10,
                20,
                30,
                40,
                new Sums(Credits.of(1), Credits.of(2), Credits.of(3), Credits.of(4), Credits.of(5)),
                new GivenBack(Credits.of(6), Credits.of(7)),
                counted(Map.of("pages", 1.0, "images", 3.0)));

        assertThat(FIGURES.plus(more))
                .isEqualTo(new Figures(
                        13,
                        21,
                        32,
                        740,
                        new Sums(Credits.of(121), Credits.of(102), Credits.of(18), Credits.of(24), Credits.of(45)),
                        new GivenBack(Credits.of(36), Credits.of(15)),
                        counted(Map.of("images", 3.0, "pages", 3.5))));
        assertThat(FIGURES.plus(Figures.NOTHING)).isEqualTo(FIGURES);
    }

    @Test
    void whatWasCountedIsToldInTheOrderOfTheMetrics() {
        assertThat(counted(Map.of("pages", 2.5, "images", 3.0))).hasToString("images=3 pages=2.5");
        assertThat(Counted.NOTHING.isNothing()).isTrue();
        assertThat(counted(Map.of("pages", 0.5)).isNothing()).isFalse();
    }

    @Test
    void aReportsTotalIsThatOfItsDays() {
        Page<Report.Line> lines = new Page<>(List.of(), 1, 10, 0);
        LocalDate day = LocalDate.of(2026, 11, 1);
        Report report =
                new Report(lines, List.of(new Report.Day(day, FIGURES), new Report.Day(day.plusDays(1), FIGURES)));

        assertThat(report.total()).isEqualTo(FIGURES.plus(FIGURES));
        assertThat(new Report(lines, List.of()).total()).isEqualTo(Figures.NOTHING);
    }

    @Test
    void aPeriodIsOfWholeDays() {
        LocalDate day = LocalDate.of(2026, 2, 28);
        Period one = new Period(day, day);

        assertThat(one.start()).isEqualTo(Instant.parse("2026-02-28T00:00:00Z"));
        assertThat(one.end()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
        assertThatThrownBy(() -> new Period(day, day.minusDays(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
