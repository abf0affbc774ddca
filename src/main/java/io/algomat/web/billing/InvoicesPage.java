package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.Invoices;
import io.algomat.billing.InvoicesConfig;
import io.algomat.billing.PaymentsConfig;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** An account's invoices, to read and to print. */
@Path(InvoicesPage.PATH)
@RunOnVirtualThread
public class InvoicesPage {
    static final String PATH = "/billing/invoices";

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance list(List<InvoiceView> invoices);

        static native TemplateInstance one(InvoiceView view);
    }

    private final CurrentCaller current;
    private final Invoices invoices;
    private final InvoicePdf pdf;
    private final InvoicesConfig config;
    private final PaymentsConfig payments;

    InvoicesPage(
            CurrentCaller current, Invoices invoices, InvoicePdf pdf, InvoicesConfig config, PaymentsConfig payments) {
        this.current = current;
        this.invoices = invoices;
        this.pdf = pdf;
        this.config = config;
        this.payments = payments;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance list() {
        List<InvoiceView> found = invoices.of(current.required()).stream()
                .map(invoice -> InvoiceView.of(invoice, List.of(), config, payments))
                .toList();
        return Templates.list(found);
    }

    @GET
    @Path("/{no}")
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance one(@PathParam("no") String no) {
        return Templates.one(view(no));
    }

    @GET
    @Path("/{no}/invoice.pdf")
    @Produces("application/pdf")
    public Response pdf(@PathParam("no") String no) {
        return pdf.of(view(no));
    }

    private InvoiceView view(String no) {
        Caller caller = current.required();
        Invoices.Invoice invoice = invoices.one(caller, AdminPaymentsPage.number(no));
        return InvoiceView.of(invoice, invoices.lines(invoice), config, payments);
    }
}
