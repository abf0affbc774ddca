package io.algomat.web.billing;

import io.algomat.billing.ChargeReport;
import io.algomat.billing.Figures;
import io.algomat.billing.Period;
import io.algomat.billing.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** All lines of a report as a file, to the micro-credit. */
@ApplicationScoped
class ReportFile {
    private final ChargeReport reports;

    ReportFile(ChargeReport reports) {
        this.reports = reports;
    }

    Response of(TableFile file, ReportAddress address) {
        Period period = address.period().period();
        List<String> header = List.of(
                address.by().wire(),
                "charged_calls",
                "failed_calls",
                "cancelled_calls",
                "billed_ms",
                "gross",
                "royalty",
                "fee",
                "compute",
                "promo",
                "to_publisher",
                "site",
                "refunded",
                "net",
                "to_publisher_net",
                "site_net",
                "units");
        return file.spooled(
                "report",
                period,
                header,
                table -> reports.each(address.slice(), period, address.by(), line -> row(table, line)));
    }

    private static void row(Table table, Report.Line line) {
        Figures figures = line.figures();
        table.row(
                line.value(),
                figures.calls(),
                figures.failed(),
                figures.cancelled(),
                figures.billedMillis(),
                figures.sums().gross(),
                figures.sums().royalty(),
                figures.sums().fee(),
                figures.sums().compute(),
                figures.sums().promo(),
                figures.sums().share(),
                figures.sums().site(),
                figures.givenBack().amount(),
                figures.net(),
                figures.netShare(),
                figures.netSite(),
                figures.counted().toString());
    }
}
