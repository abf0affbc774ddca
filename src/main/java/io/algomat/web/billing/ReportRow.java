package io.algomat.web.billing;

import io.algomat.billing.Report;
import io.algomat.billing.Sums;
import io.algomat.calls.FreeCalls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One group of the report: its charged calls from the ledger beside its free ones from the call log.
 *
 * @param charged calls that were charged
 * @param free calls that failed or were cancelled, and cost nothing
 */
public record ReportRow(String label, long charged, long free, Sums sums) {

    static List<ReportRow> join(Report report, List<FreeCalls.Count> counts) {
        Map<String, ReportRow> rows = new LinkedHashMap<>();
        for (Report.Line line : report.lines()) {
            rows.put(line.label(), new ReportRow(line.label(), line.calls(), 0, line.sums()));
        }
        for (FreeCalls.Count count : counts) {
            rows.compute(count.label(), (label, row) -> withFree(label, row, count.calls()));
        }
        return List.copyOf(rows.values());
    }

    private static ReportRow withFree(String label, @Nullable ReportRow row, long free) {
        return row == null
                ? new ReportRow(label, 0, free, Sums.NOTHING)
                : new ReportRow(label, row.charged, row.free + free, row.sums);
    }
}
