package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Scope;
import io.algomat.billing.Invoices;
import io.algomat.billing.InvoicesConfig;
import io.algomat.billing.PaymentsConfig;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Invoices for programs, with a key of scope {@code read:usage}. Amounts are decimal credits. */
@Path("/api/billing/invoices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Invoices")
public class InvoicesResource {
    /** @param period as {@code 2026-11} */
    public record InvoiceDocument(
            long no,
            String account,
            String period,
            Instant issuedAt,
            String total,
            String promo,
            String inCurrency,
            String currency,
            List<LineDocument> lines) {}

    /** @param refund whether it was given back; then the amounts are below zero */
    public record LineDocument(
            boolean refund,
            String algorithm,
            String version,
            @Nullable Long key,
            long calls,
            long billedMs,
            String royalty,
            String compute,
            String promo,
            String total,
            @Nullable String units,
            @Nullable String metric) {}

    public record InvoicesDocument(List<InvoiceDocument> invoices) {}

    private final CurrentCaller current;
    private final Invoices invoices;
    private final InvoicePdf pdf;
    private final InvoicesConfig config;
    private final PaymentsConfig payments;

    InvoicesResource(
            CurrentCaller current, Invoices invoices, InvoicePdf pdf, InvoicesConfig config, PaymentsConfig payments) {
        this.current = current;
        this.invoices = invoices;
        this.pdf = pdf;
        this.config = config;
        this.payments = payments;
    }

    /** Without their lines. */
    @GET
    public InvoicesDocument list() {
        return new InvoicesDocument(invoices.of(reader()).stream()
                .map(invoice -> document(InvoiceView.of(invoice, List.of(), config, payments)))
                .toList());
    }

    @GET
    @Path("/{no}")
    public InvoiceDocument one(@PathParam("no") String no) {
        return document(view(no));
    }

    @GET
    @Path("/{no}/invoice.pdf")
    @Produces("application/pdf")
    public Response pdf(@PathParam("no") String no) {
        return pdf.of(view(no));
    }

    private InvoiceView view(String no) {
        Invoices.Invoice invoice = invoices.one(reader(), AdminPaymentsPage.number(no));
        return InvoiceView.of(invoice, invoices.lines(invoice), config, payments);
    }

    private Caller reader() {
        Caller caller = current.required();
        if (!caller.may(Scope.READ_USAGE)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN, "This key may not read usage; make one with the scope read:usage at /keys");
        }
        return caller;
    }

    private static InvoiceDocument document(InvoiceView view) {
        Invoices.Invoice invoice = view.invoice();
        return new InvoiceDocument(
                invoice.no(),
                invoice.owner(),
                invoice.period().toString(),
                invoice.issuedAt(),
                invoice.total().toString(),
                invoice.promo().toString(),
                Amounts.inCurrency(invoice.total()),
                view.currency(),
                view.lines().stream().map(InvoicesResource::document).toList());
    }

    private static LineDocument document(Invoices.Line line) {
        return new LineDocument(
                line.refund(),
                line.algorithm(),
                line.version(),
                line.keyId(),
                line.calls(),
                line.billedMillis(),
                line.royalty().toString(),
                line.compute().toString(),
                line.promo().toString(),
                line.total().toString(),
                line.units() == null ? null : line.units().toString(),
                line.metric());
    }
}
