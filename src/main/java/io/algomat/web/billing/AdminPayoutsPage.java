package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.DecidePayout;
import io.algomat.billing.PaymentsConfig;
import io.algomat.billing.Payouts;
import io.algomat.web.accounts.Form;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Where administrators approve payouts, take them to the bank, and say what the bank did. */
@Path("/admin/payouts")
@RunOnVirtualThread
public class AdminPayoutsPage {
    private static final URI HERE = URI.create("/admin/payouts");
    private static final int ENDED = 50;

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(
                Form form, List<Payouts.Payout> open, List<Payouts.Payout> ended, String currency);
    }

    private final CurrentCaller current;
    private final Payouts payouts;
    private final DecidePayout decide;
    private final PaymentsConfig payments;

    AdminPayoutsPage(CurrentCaller current, Payouts payouts, DecidePayout decide, PaymentsConfig payments) {
        this.current = current;
        this.payouts = payouts;
        this.decide = decide;
        this.payments = payments;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance view() {
        current.administrator();
        return page(Form.blank());
    }

    @POST
    @Path("/{id}/approve")
    public Response approve(@PathParam("id") String id) {
        decide.approve(current.administrator(), AdminPaymentsPage.number(id));
        return Response.seeOther(HERE).build();
    }

    @POST
    @Path("/{id}/send")
    public Response send(@PathParam("id") String id) {
        decide.send(current.administrator(), AdminPaymentsPage.number(id));
        return Response.seeOther(HERE).build();
    }

    @POST
    @Path("/{id}/settle")
    public Response settle(@PathParam("id") String id) {
        decide.settle(current.administrator(), AdminPaymentsPage.number(id));
        return Response.seeOther(HERE).build();
    }

    @POST
    @Path("/{id}/fail")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response fail(@PathParam("id") String id, MultivaluedMap<String, String> sent) {
        Caller administrator = current.administrator();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    decide.fail(administrator, AdminPaymentsPage.number(id), form.text("reason"));
                    return HERE;
                },
                this::page);
    }

    /** What is approved, for the bank; it changes nothing. */
    @GET
    @Path("/approved.csv")
    public Response csv() {
        current.administrator();
        List<Payouts.Payout> approved = payouts.approved();
        StreamingOutput body = out -> {
            try (CsvTable table = new CsvTable(
                    out, "payout", "account", "payee", "iban", "amount", "currency", "credits", "reference")) {
                approved.forEach(payout -> table.row(
                        payout.id(),
                        payout.owner(),
                        payout.payee(),
                        payout.iban(),
                        Amounts.inCurrency(payout.amount()),
                        payments.currency(),
                        payout.amount(),
                        "Algomat payout " + payout.id()));
            }
        };
        return Response.ok(body)
                .type("text/csv; charset=utf-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"payouts.csv\"")
                .build();
    }

    private TemplateInstance page(Form form) {
        return Templates.view(
                new Form(Map.of(), form.errors()), payouts.open(), payouts.ended(ENDED), payments.currency());
    }
}
