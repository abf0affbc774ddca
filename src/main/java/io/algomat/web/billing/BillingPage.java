package io.algomat.web.billing;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.Balances;
import io.algomat.billing.Billing;
import io.algomat.billing.ChargeList;
import io.algomat.billing.ChargeReport;
import io.algomat.billing.GrantHistory;
import io.algomat.billing.Slice;
import io.algomat.platform.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An account's own money: credit, spend with a forecast, single charges, and the same as files. */
@Path("/billing")
@RunOnVirtualThread
public class BillingPage {
    private static final int CHARGES_ON_PAGE = 25;

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(SpendView view);
    }

    private final CurrentCaller current;
    private final Billing billing;
    private final Balances balances;
    private final ReadReport reports;
    private final ChargeReport charged;
    private final ChargeList charges;
    private final GrantHistory grants;
    private final ReportFile reportFile;
    private final ChargesFile chargesFile;

    BillingPage(
            CurrentCaller current,
            Billing billing,
            Balances balances,
            ReadReport reports,
            ChargeReport charged,
            ChargeList charges,
            GrantHistory grants,
            ReportFile reportFile,
            ChargesFile chargesFile) {
        this.current = current;
        this.billing = billing;
        this.balances = balances;
        this.reports = reports;
        this.charged = charged;
        this.charges = charges;
        this.grants = grants;
        this.reportFile = reportFile;
        this.chargesFile = chargesFile;
    }

    /** The page of its address is that of the charges; of the lines the first are shown, the file has all. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(@BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        ReportKind spend = spend();
        long owner = current.required().ownerId();
        PeriodForm.Read read = form.orMonth(reports.today());
        ReportAddress address = slice.address(spend, read.choice());
        Page<ChargeList.Line> lines =
                charges.page(address.slice(), read.choice().period(), slice.number(), CHARGES_ON_PAGE);
        SpendView view = new SpendView(
                reports.read(address.first(), read.errors()),
                balances.of(owner),
                billing.available(owner),
                Forecast.of(charged.days(Slice.of(spend.whose()), Forecast.needed(reports.today())), reports.today()),
                lines,
                reports.ofCharges(address, lines.items()),
                grants.of(owner));
        return Response.status(read.status()).entity(Templates.view(view)).build();
    }

    @GET
    @Path("/report.{ending}")
    @Produces(MediaType.WILDCARD)
    public Response file(@PathParam("ending") String ending, @BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        return reportFile.of(TableFile.of(ending), slice.address(spend(), form.choice(reports.today())));
    }

    @GET
    @Path("/charges.{ending}")
    @Produces(MediaType.WILDCARD)
    public Response chargesFile(
            @PathParam("ending") String ending, @BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        ReportAddress address = slice.address(spend(), form.choice(reports.today()));
        return chargesFile.of(
                TableFile.of(ending), address.slice(), address.period().period());
    }

    private ReportKind spend() {
        return ReportKind.spend(current.required().ownerId());
    }
}
