package io.algomat.web.billing;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.ChargeReport;
import io.algomat.billing.Grouping;
import io.algomat.billing.Period;
import io.algomat.billing.Report;
import io.algomat.billing.Whose;
import io.algomat.calls.FreeCalls;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The administrator's billing report: charged calls from the ledger, free ones from the call log. */
@Path(ReportAddress.PATH)
@RunOnVirtualThread
public class AdminBillingPage {
    private static final Whose EVERYONES = new Whose.Everyones();

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(AdminReportView view);
    }

    private final CurrentCaller current;
    private final ChargeReport charges;
    private final FreeCalls freeCalls;
    private final ChargesCsv chargesCsv;
    private final Clock clock;

    AdminBillingPage(
            CurrentCaller current, ChargeReport charges, FreeCalls freeCalls, ChargesCsv chargesCsv, Clock clock) {
        this.current = current;
        this.charges = charges;
        this.freeCalls = freeCalls;
        this.chargesCsv = chargesCsv;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(
            @BeanParam PeriodForm form,
            @QueryParam("by") @Nullable String by,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("up") @DefaultValue("false") boolean up,
            @QueryParam("page") @DefaultValue("1") String page) {
        current.administrator();
        PeriodForm.Read read = form.orMonth(today());
        ReportAddress address = new ReportAddress(
                read.choice(), ReportAddress.grouping(by), ReportColumn.of(sort), up, BillingPage.number(page));
        Period days = read.choice().period();
        Report report = charges.read(EVERYONES, days, address.by());
        AdminReportView view =
                new AdminReportView(address, today(), report, rows(report, days, address.by()), read.errors());
        return Response.status(read.status()).entity(Templates.view(view)).build();
    }

    @GET
    @Path("/report.csv")
    public Response csv(@BeanParam PeriodForm form, @QueryParam("by") @Nullable String by) {
        current.administrator();
        Period days = form.choice(today()).period();
        Grouping grouping = ReportAddress.grouping(by);
        List<ReportRow> rows = rows(charges.read(EVERYONES, days, grouping), days, grouping);
        return ChargesCsv.file("report", days, out -> {
            try (CsvTable table = new CsvTable(
                    out,
                    ReportAddress.wire(grouping),
                    "charged_calls",
                    "free_calls",
                    "gross",
                    "royalty",
                    "fee",
                    "compute",
                    "promo")) {
                rows.stream()
                        .sorted(ReportColumn.GROSS.order(false))
                        .forEach(row -> table.row(
                                row.label(),
                                row.charged(),
                                row.free(),
                                row.sums().gross(),
                                row.sums().royalty(),
                                row.sums().fee(),
                                row.sums().compute(),
                                row.sums().promo()));
            }
        });
    }

    @GET
    @Path("/charges.csv")
    public Response chargesCsv(@BeanParam PeriodForm form) {
        current.administrator();
        return chargesCsv.of(EVERYONES, form.choice(today()).period());
    }

    private List<ReportRow> rows(Report report, Period days, Grouping grouping) {
        FreeCalls.Grouping same = FreeCalls.Grouping.valueOf(grouping.name());
        return ReportRow.join(report, freeCalls.count(days.start(), days.end(), same));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }
}
