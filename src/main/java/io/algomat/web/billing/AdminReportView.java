package io.algomat.web.billing;

import io.algomat.billing.Grouping;
import io.algomat.billing.Report;
import io.algomat.billing.Sums;
import io.algomat.platform.Page;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the administrator's billing report shows. */
public record AdminReportView(
        ReportAddress address, LocalDate today, Report report, List<ReportRow> rows, Map<String, String> errors) {
    private static final int PAGE_SIZE = 50;

    /** @param sorted {@code ascending}, {@code descending} or {@code none}, as assistive technology names it */
    public record Column(String text, String href, String sorted) {}

    public String periodText() {
        return address.period().text();
    }

    public LocalDate from() {
        return address.period().period().from();
    }

    public LocalDate through() {
        return address.period().period().through();
    }

    public String groupText() {
        return switch (address.by()) {
            case PUBLISHER -> "Publisher";
            case CALLER -> "Caller";
            case ALGORITHM, KEY -> "Algorithm";
        };
    }

    public boolean algorithms() {
        return address.by() == Grouping.ALGORITHM;
    }

    public String by() {
        return ReportAddress.wire(address.by());
    }

    public Sums total() {
        return report.total();
    }

    public long free() {
        return rows.stream().mapToLong(ReportRow::free).sum();
    }

    public boolean nothing() {
        return rows.isEmpty();
    }

    public Page<ReportRow> page() {
        List<ReportRow> sorted =
                rows.stream().sorted(address.sort().order(address.up())).toList();
        int last = Math.max(1, (sorted.size() + PAGE_SIZE - 1) / PAGE_SIZE);
        int number = Math.clamp(address.page(), 1, last);
        int first = (number - 1) * PAGE_SIZE;
        return new Page<>(
                sorted.subList(first, Math.min(sorted.size(), first + PAGE_SIZE)), number, PAGE_SIZE, sorted.size());
    }

    public List<BarChart> charts() {
        return List.of(
                BarChart.wide(report, address.period().period()),
                BarChart.narrow(report, address.period().period()));
    }

    public List<Choice> periods() {
        return Arrays.stream(Preset.values())
                .map(preset -> new Choice(
                        preset.text(),
                        address.in(PeriodChoice.of(preset, today)).href(),
                        preset == address.period().preset()))
                .toList();
    }

    public List<Choice> groups() {
        return Stream.of(Grouping.ALGORITHM, Grouping.PUBLISHER, Grouping.CALLER)
                .map(by -> new Choice(
                        by.name().charAt(0) + by.name().substring(1).toLowerCase(Locale.ROOT),
                        address.by(by).href(),
                        by == address.by()))
                .toList();
    }

    public List<Column> columns() {
        return Arrays.stream(ReportColumn.values())
                .map(column -> new Column(
                        column == ReportColumn.LABEL ? groupText() : column.text(),
                        address.sorted(column).href(),
                        column != address.sort() ? "none" : address.up() ? "ascending" : "descending"))
                .toList();
    }

    public String href() {
        return address.href();
    }

    public String csv() {
        return address.csv();
    }

    public String chargesCsv() {
        return address.chargesCsv();
    }
}
