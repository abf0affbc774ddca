package io.algomat.web.billing;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.ChargeList;
import io.algomat.billing.Liabilities;
import io.algomat.billing.Movers;
import io.algomat.billing.Reconciliations;
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
import java.util.List;

/** The administrator's billing report, its single charges, and both as files. */
@Path("/admin/billing")
@RunOnVirtualThread
public class AdminBillingPage {
    private static final int CHARGES_ON_PAGE = 50;

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(AdminReportView view);

        static native TemplateInstance charges(AdminChargesView view);
    }

    private final CurrentCaller current;
    private final ReadReport reports;
    private final ChargeList charges;
    private final Movers movers;
    private final Liabilities liabilities;
    private final Reconciliations reconciliations;
    private final ReportFile reportFile;
    private final ChargesFile chargesFile;

    AdminBillingPage(
            CurrentCaller current,
            ReadReport reports,
            ChargeList charges,
            Movers movers,
            Liabilities liabilities,
            Reconciliations reconciliations,
            ReportFile reportFile,
            ChargesFile chargesFile) {
        this.current = current;
        this.reports = reports;
        this.charges = charges;
        this.movers = movers;
        this.liabilities = liabilities;
        this.reconciliations = reconciliations;
        this.reportFile = reportFile;
        this.chargesFile = chargesFile;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(@BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        current.administrator();
        PeriodForm.Read read = form.orMonth(reports.today());
        ReportAddress address = slice.address(ReportKind.SITE, read.choice());
        List<Movers.Mover> moved = address.byTime()
                ? List.of()
                : movers.of(address.slice(), address.period().period(), address.by());
        AdminReportView view = new AdminReportView(
                reports.read(address, moved, read.errors()),
                moved,
                liabilities.now(),
                reconciliations.last().orElse(null));
        return Response.status(read.status()).entity(Templates.view(view)).build();
    }

    @GET
    @Path("/report.{ending}")
    @Produces(MediaType.WILDCARD)
    public Response file(@PathParam("ending") String ending, @BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        current.administrator();
        return reportFile.of(TableFile.of(ending), slice.address(ReportKind.SITE, form.choice(reports.today())));
    }

    @GET
    @Path("/charges")
    @Produces(MediaType.TEXT_HTML)
    public Response charges(@BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        current.administrator();
        PeriodForm.Read read = form.orMonth(reports.today());
        ReportAddress address = slice.address(ReportKind.SITE, read.choice());
        Page<ChargeList.Line> found =
                charges.page(address.slice(), read.choice().period(), slice.number(), CHARGES_ON_PAGE);
        AdminChargesView view = new AdminChargesView(
                address, reports.today(), found, reports.ofCharges(address, found.items()), read.errors());
        return Response.status(read.status()).entity(Templates.charges(view)).build();
    }

    @GET
    @Path("/charges.{ending}")
    @Produces(MediaType.WILDCARD)
    public Response chargesFile(
            @PathParam("ending") String ending, @BeanParam PeriodForm form, @BeanParam SliceForm slice) {
        current.administrator();
        ReportAddress address = slice.address(ReportKind.SITE, form.choice(reports.today()));
        return chargesFile.of(
                TableFile.of(ending), address.slice(), address.period().period());
    }
}
