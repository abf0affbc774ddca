package io.algomat.web.billing;

import io.algomat.billing.Dimension;
import io.algomat.billing.Figures;
import io.algomat.billing.Report;
import io.algomat.billing.ReportOrder;
import io.algomat.platform.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What all reports show: the period, the chart and the lines. */
public record ReportShown(
        ReportAddress address, LocalDate today, Report report, LineNames names, Map<String, String> errors) {

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

    public String by() {
        return address.by().wire();
    }

    public String groupText() {
        return DimensionWords.text(address.by());
    }

    /** Whether the lines are algorithms, which have pages of their own. */
    public boolean byAlgorithm() {
        return address.by() == Dimension.ALGORITHM;
    }

    /** Whether a call may count in several lines, or in none. */
    public boolean byLabel() {
        return address.by() == Dimension.LABEL;
    }

    public Figures total() {
        return report.total();
    }

    public boolean nothing() {
        return report.days().isEmpty();
    }

    public Page<Report.Line> page() {
        return report.lines();
    }

    public String text(String value) {
        return names.of(address.by(), value);
    }

    /** What is behind a line. */
    public String into(String value) {
        return address.into(value).href();
    }

    public List<Narrowed> narrowed() {
        return Narrowed.of(address, names, ReportAddress::href);
    }

    public List<Kept> kept() {
        return address.kept();
    }

    public List<BarChart> charts() {
        return List.of(
                BarChart.wide(report.days(), address.period().period()),
                BarChart.narrow(report.days(), address.period().period()));
    }

    public List<Choice> periods() {
        return Preset.choices(
                address.period(), today, period -> address.in(period).href());
    }

    public List<Choice> groups() {
        return address.kind().dimensions().stream()
                .map(by -> new Choice(DimensionWords.text(by), address.by(by).href(), by == address.by()))
                .toList();
    }

    List<Column> columns(List<ReportOrder> shown) {
        return shown.stream()
                .map(column -> new Column(
                        column == ReportOrder.VALUE ? groupText() : DimensionWords.text(column),
                        address.sorted(column).href(),
                        column != address.sort() ? "none" : address.up() ? "ascending" : "descending"))
                .toList();
    }

    public String href() {
        return address.href();
    }

    public String csv() {
        return address.file(TableFile.CSV);
    }

    public String xlsx() {
        return address.file(TableFile.XLSX);
    }

    public String charges() {
        return address.charges();
    }

    public String chargesCsv() {
        return address.chargesFile(TableFile.CSV);
    }

    public String chargesXlsx() {
        return address.chargesFile(TableFile.XLSX);
    }
}
