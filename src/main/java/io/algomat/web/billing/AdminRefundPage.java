package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.RefundCharge;
import io.algomat.billing.Refunds;
import io.algomat.platform.Ids;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;

/** The charge of one call, and giving it back. */
@Path("/admin/payments/calls/{call}")
@RunOnVirtualThread
public class AdminRefundPage {
    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(Form form, Refunds.Refundable charge);
    }

    private final CurrentCaller current;
    private final Refunds refunds;
    private final RefundCharge refund;

    AdminRefundPage(CurrentCaller current, Refunds refunds, RefundCharge refund) {
        this.current = current;
        this.refunds = refunds;
        this.refund = refund;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance view(@PathParam("call") String call) {
        current.administrator();
        return Templates.view(AdminPaymentsPage.fresh(), refunds.of(Ids.parseCall(call)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response refund(@PathParam("call") String call, MultivaluedMap<String, String> sent) {
        Caller administrator = current.administrator();
        UUID id = Ids.parseCall(call);
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    refund.refund(administrator, id, form.text("amount"), form.text("reason"), form.text("once"));
                    return URI.create("/admin/payments/calls/" + Ids.callText(id));
                },
                again -> Templates.view(again, refunds.of(id)));
    }
}
