package io.algomat.web.billing;

import io.algomat.billing.Period;
import io.algomat.billing.Report;
import io.algomat.platform.Credits;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a month will cost if it goes on like the last seven days: what was spent, and for each day that is left the mean of
 * those seven, or of as many as there were since the first charge among them.
 *
 * @param spent in the month up to now
 * @param whole in the month, up to its end
 */
public record Forecast(Credits spent, Credits whole) {
    private static final int LOOK_BACK = 7;

    /** The days that {@link #of} has to be told of. */
    static Period needed(LocalDate today) {
        LocalDate week = today.minusDays(LOOK_BACK);
        LocalDate month = today.withDayOfMonth(1);
        return new Period(week.isBefore(month) ? week : month, today);
    }

    static Forecast of(List<Report.Day> days, LocalDate today) {
        LocalDate month = today.withDayOfMonth(1);
        Credits before = sum(days, month, today.minusDays(1));
        Credits now = sum(days, today, today);
        LocalDate week = today.minusDays(LOOK_BACK);
        LocalDate first = days.stream()
                .map(Report.Day::date)
                .filter(date -> !date.isBefore(week) && date.isBefore(today))
                .findFirst()
                .orElse(week);
        long mean = sum(days, first, today.minusDays(1)).micro() / ChronoUnit.DAYS.between(first, today);
        long left = ChronoUnit.DAYS.between(today, YearMonth.from(today).atEndOfMonth());
        Credits rest = Credits.micro(Math.multiplyExact(mean, left));
        Credits thisDay = Credits.micro(Math.max(mean, now.micro()));
        return new Forecast(before.plus(now), before.plus(thisDay).plus(rest));
    }

    private static Credits sum(List<Report.Day> days, LocalDate from, LocalDate through) {
        return days.stream()
                .filter(day -> !day.date().isBefore(from) && !day.date().isAfter(through))
                .map(day -> day.figures().sums().gross())
                .reduce(Credits.ZERO, Credits::plus);
    }
}
