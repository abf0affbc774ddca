package io.algomat.web.billing;

import io.algomat.billing.Period;
import io.algomat.platform.Problem;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The period of a report as its address has it: {@code period=week}, or {@code from=2026-11-01&through=2026-11-24}.
 *
 * @param preset null when the days were typed
 */
record PeriodChoice(@Nullable Preset preset, Period period) {
    private static final int MOST_DAYS = 3660;
    /** Years of four digits: more than the database can tell apart is no day of a report. */
    private static final DateTimeFormatter WIRE = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ENGLISH)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    static PeriodChoice of(Preset preset, LocalDate today) {
        return new PeriodChoice(preset, preset.until(today));
    }

    /**
     * @param name a preset's, which counts where no day is given
     * @param from empty for the last day alone
     * @param through empty for today
     * @throws Problem invalid, naming the field
     */
    static PeriodChoice read(String name, String from, String through, LocalDate today) {
        if (!from.isBlank() || !through.isBlank()) {
            return new PeriodChoice(null, typed(from, through, today));
        }
        for (Preset preset : Preset.values()) {
            if (preset.wire().equals(name)) {
                return of(preset, today);
            }
        }
        return of(Preset.MONTH, today);
    }

    private static Period typed(String from, String through, LocalDate today) {
        List<Problem.FieldError> errors = new ArrayList<>();
        LocalDate last = through.isBlank() ? today : day("through", through, errors);
        LocalDate first = from.isBlank() ? last : day("from", from, errors);
        if (first != null
                && last != null
                && (last.isBefore(first) || ChronoUnit.DAYS.between(first, last) > MOST_DAYS)) {
            errors.add(
                    new Problem.FieldError("through", "Give a day from the first day on, at most ten years after it"));
        }
        if (first == null || last == null || !errors.isEmpty()) {
            throw Problem.invalid("The period is not right", errors);
        }
        return new Period(first, last);
    }

    private static @Nullable LocalDate day(String field, String text, List<Problem.FieldError> errors) {
        try {
            return LocalDate.parse(text.strip(), WIRE);
        } catch (DateTimeParseException e) {
            errors.add(new Problem.FieldError(field, "'" + text + "' is no day: write it as 2026-11-24"));
            return null;
        }
    }

    String query() {
        return preset != null ? "period=" + preset.wire() : "from=" + period.from() + "&through=" + period.through();
    }

    public String text() {
        return period.from().equals(period.through())
                ? DAY.format(period.from())
                : DAY.format(period.from()) + " to " + DAY.format(period.through());
    }
}
