package io.algomat.billing;

import io.algomat.platform.Page;
import java.time.LocalDate;
import java.util.List;

/**
 * Calls of a period, added up, all read from one snapshot of the database.
 *
 * @param lines one for each group
 * @param days the days on which something was called, in order
 */
public record Report(Page<Line> lines, List<Day> days) {
    /** @param value of the dimension that was grouped by */
    public record Line(String value, Figures figures) {}

    public record Day(LocalDate date, Figures figures) {}

    public Figures total() {
        return days.stream().map(Day::figures).reduce(Figures.NOTHING, Figures::plus);
    }
}
