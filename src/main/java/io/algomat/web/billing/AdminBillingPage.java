package io.algomat.web.billing;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.ChargeReport;
import io.algomat.billing.Period;
import io.algomat.billing.Report;
import io.algomat.billing.Whose;
import io.algomat.calls.FreeCalls;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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
            CurrentCaller current,
            ChargeReport charges,
            FreeCalls freeCalls,
            ChargesCsv chargesCsv,
            Clock clock) {
        this.current = current;
        this.charges = charges;
        this.freeCalls = freeCalls;
        this.chargesCsv = chargesCsv;
        this.clock = clock;
    }

    /** A period that makes no sense shows the month, with the error beside the field. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(
            @QueryParam("period") @Nullable String period,
            @QueryParam("from") @Nullable String from,
            @QueryParam("through") @Nullable String through,
            @QueryParam("by") @Nullable String by,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("up") @DefaultValue("false") boolean up,
            @QueryParam("page") @DefaultValue("1") String page) {
        current.administrator();
        Map<String, String> errors = Map.of();
        PeriodChoice choice;
        try {
            choice = PeriodChoice.read(period, from, through, today());
        } catch (Problem invalid) {
            choice = PeriodChoice.of(Preset.MONTH, today());
            errors = invalid.errors().stream()
                    .collect(Collectors.toMap(
                            Problem.FieldError::where, Problem.FieldError::message, (first, second) -> first));
        }
        ReportAddress address = new ReportAddress(
                choice, ReportAddress.grouping(by), ReportColumn.of(sort), up, Page.sane(number(page)));
        Report report = charges.read(EVERYONES, choice.period(), address.by());
        return Response.status(errors.isEmpty() ? 200 : 422)
                .entity(Templates.view(
                        new AdminReportView(address, today(), report, rows(report, address), errors)))
                .build();
    }

    @GET
    @Path("/report.csv")
    public Response csv(
            @QueryParam("period") @Nullable String period,
            @QueryParam("from") @Nullable String from,
            @QueryParam("through") @Nullable String through,
            @QueryParam("by") @Nullable String by) {
        current.administrator();
        Period days = PeriodChoice.read(period, from, through, today()).period();
        ReportAddress address = new ReportAddress(
                new PeriodChoice(null, days), ReportAddress.grouping(by), ReportColumn.GROSS, false, 1);
        List<ReportRow> rows = rows(charges.read(EVERYONES, days, address.by()), address);
        String group = address.by().name().toLowerCase(Locale.ROOT);
        return ChargesCsv.file("report", days, out -> {
            try (CsvTable table = new CsvTable(
                    out, group, "charged_calls", "free_calls", "gross", "royalty", "fee", "compute", "promo")) {
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
    public Response chargesCsv(
            @QueryParam("period") @Nullable String period,
            @QueryParam("from") @Nullable String from,
            @QueryParam("through") @Nullable String through) {
        current.administrator();
        return chargesCsv.of(
                EVERYONES, PeriodChoice.read(period, from, through, today()).period());
    }

    private List<ReportRow> rows(Report report, ReportAddress address) {
        Period days = address.period().period();
        FreeCalls.Grouping grouping = FreeCalls.Grouping.valueOf(address.by().name());
        return ReportRow.join(report, freeCalls.count(days.start(), days.end(), grouping));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    static int number(String page) {
        return page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1;
    }
}
