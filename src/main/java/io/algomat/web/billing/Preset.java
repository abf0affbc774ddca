package io.algomat.web.billing;

import io.algomat.billing.Period;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The periods that are one click away, all of them up to today. */
enum Preset {
    TODAY("today", "Today"),
    WEEK("week", "7 days"),
    MONTH("month", "This month"),
    YEAR("year", "365 days");

    private final String wire;
    private final String text;

    Preset(String wire, String text) {
        this.wire = wire;
        this.text = text;
    }

    String wire() {
        return wire;
    }

    /** All of them as links. */
    static List<Choice> choices(PeriodChoice chosen, LocalDate today, Function<PeriodChoice, String> href) {
        return Arrays.stream(values())
                .map(preset ->
                        new Choice(preset.text, href.apply(PeriodChoice.of(preset, today)), preset == chosen.preset()))
                .toList();
    }

    Period until(LocalDate today) {
        return switch (this) {
            case TODAY -> new Period(today, today);
            case WEEK -> new Period(today.minusDays(6), today);
            case MONTH -> new Period(today.withDayOfMonth(1), today);
            case YEAR -> new Period(today.minusDays(364), today);
        };
    }
}
