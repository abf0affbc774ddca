package io.algomat.billing;

import java.time.LocalDate;
import java.util.List;

/**
 * Charges of a period, added up, all read from one snapshot of the database.
 *
 * @param lines one for each group, in no order
 * @param days the days on which something was charged, in order
 * @param ledger what the legs of charge postings moved in the same period: for a report on everyone's charges, the lines
 *     must add up to exactly this
 */
public record Report(List<Line> lines, List<Day> days, Sums ledger) {
    public record Line(String label, long calls, Sums sums) {}

    public record Day(LocalDate date, long calls, Sums sums) {}

    public Sums total() {
        return lines.stream().map(Line::sums).reduce(Sums.NOTHING, Sums::plus);
    }

    public long calls() {
        return lines.stream().mapToLong(Line::calls).sum();
    }

    /** Whether the lines add up to what moved in the ledger, to the micro-credit. */
    public boolean equalsLedger() {
        return total().equals(ledger);
    }
}
