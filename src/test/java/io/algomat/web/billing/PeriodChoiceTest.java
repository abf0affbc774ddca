package io.algomat.web.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.billing.Period;
import io.algomat.platform.Problem;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodChoiceTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

    @ParameterizedTest
    @CsvSource({
        "today, '', '', 2026-11-24, 2026-11-24",
        "week, '', '', 2026-11-18, 2026-11-24",
        "month, '', '', 2026-11-01, 2026-11-24",
        "nonsense, '', '', 2026-11-01, 2026-11-24",
        "'', 2026-11-03, '', 2026-11-03, 2026-11-24",
        "'', '', 2026-11-03, 2026-11-03, 2026-11-03",
        "week, 2024-02-29, 2024-03-01, 2024-02-29, 2024-03-01"
    })
    void anAddressNamesItsPeriod(String preset, String from, String through, LocalDate first, LocalDate last) {
        assertThat(PeriodChoice.read(preset, from, through, TODAY).period()).isEqualTo(new Period(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-30, 2026-03-01, from",
        "+999999999-01-01, 2026-03-01, from",
        "2026-01-01, tomorrow, through",
        "2026-01-02, 2026-01-01, through",
        "2001-01-01, 2026-01-01, through"
    })
    void aPeriodThatMakesNoSenseNamesItsField(String from, String through, String field) {
        assertThatThrownBy(() -> PeriodChoice.read("", from, through, TODAY))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(Problem.FieldError::where)
                                .containsExactly(field));
    }

    @Test
    void anAddressKeepsWhatWasChosen() {
        assertThat(PeriodChoice.read("week", "", "", TODAY).query()).isEqualTo("period=week");
        assertThat(PeriodChoice.read("", "2026-11-01", "2026-11-02", TODAY).query())
                .isEqualTo("from=2026-11-01&through=2026-11-02");
    }
}
