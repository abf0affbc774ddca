package io.algomat.web.billing;

import io.algomat.billing.Balance;
import io.algomat.billing.Report;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What an owner's algorithms earned.
 *
 * @param owner name of the owner that is shown
 * @param owners the reader's own name and the organisations that it is a member of
 */
public record EarningsView(
        String owner,
        List<String> owners,
        Balance balance,
        PeriodChoice period,
        LocalDate today,
        Report report,
        Map<String, String> errors) {
    static final String PATH = "/billing/earnings";

    public boolean nothing() {
        return report.lines().isEmpty();
    }

    public LocalDate from() {
        return period.period().from();
    }

    public LocalDate through() {
        return period.period().through();
    }

    public List<Report.Line> lines() {
        return report.lines().stream()
                .sorted(Comparator.comparing((Report.Line line) -> line.sums().share())
                        .reversed()
                        .thenComparing(Report.Line::label))
                .toList();
    }

    public List<BarChart> charts() {
        return List.of(BarChart.wide(report, period.period()), BarChart.narrow(report, period.period()));
    }

    public List<Choice> periods() {
        return Arrays.stream(Preset.values())
                .map(preset -> new Choice(
                        preset.text(), href(owner, PeriodChoice.of(preset, today)), preset == period.preset()))
                .toList();
    }

    public List<Choice> others() {
        return owners.stream()
                .map(name -> new Choice(name, href(name, period), name.equals(owner)))
                .toList();
    }

    private static String href(String owner, PeriodChoice period) {
        return PATH + "?owner=" + owner + "&" + period.query();
    }
}
