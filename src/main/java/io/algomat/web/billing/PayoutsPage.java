package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Owners;
import io.algomat.billing.Earnings;
import io.algomat.billing.Payouts;
import io.algomat.billing.PayoutsConfig;
import io.algomat.billing.RequestPayout;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.web.accounts.Form;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a publisher can be paid out, asking for it, and what became of it. */
@Path(PayoutsPage.PATH)
@RunOnVirtualThread
public class PayoutsPage {
    static final String PATH = "/billing/payouts";

    /** @param owners names of the reader and its organisations, with the ids */
    record Whose(String owner, Map<String, Long> owners) {
        long id() {
            Long id = owners.get(owner);
            if (id == null) {
                throw Problem.of(ErrorCode.NOT_FOUND, "You earn nothing as '" + owner + "'");
            }
            return id;
        }

        List<Choice> choices() {
            return owners.keySet().stream()
                    .map(name -> new Choice(name, PATH + "?owner=" + name, name.equals(owner)))
                    .toList();
        }
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(
                Form form,
                String owner,
                List<Choice> others,
                Earnings.View earnings,
                List<Payouts.Payout> payouts,
                PayoutsConfig rules);
    }

    private final CurrentCaller current;
    private final Owners owners;
    private final Earnings earnings;
    private final Payouts payouts;
    private final RequestPayout request;
    private final PayoutsConfig rules;

    PayoutsPage(
            CurrentCaller current,
            Owners owners,
            Earnings earnings,
            Payouts payouts,
            RequestPayout request,
            PayoutsConfig rules) {
        this.current = current;
        this.owners = owners;
        this.earnings = earnings;
        this.payouts = payouts;
        this.request = request;
        this.rules = rules;
    }

    /** @param owner one of the owners that the caller acts for; itself when none is named */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance view(@QueryParam("owner") @Nullable String owner) {
        Caller caller = current.required();
        return page(AdminPaymentsPage.fresh(), whose(caller, owner == null ? caller.name() : owner));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response request(MultivaluedMap<String, String> sent) {
        Caller caller = current.required();
        Form form = Form.of(sent);
        Whose whose = whose(caller, form.text("owner"));
        return form.submit(
                () -> {
                    request.request(
                            caller,
                            whose.owner(),
                            form.text("amount"),
                            form.text("payee"),
                            form.text("iban"),
                            form.text("once"));
                    return URI.create(PATH + "?owner=" + whose.owner());
                },
                again -> page(again, whose));
    }

    private TemplateInstance page(Form form, Whose whose) {
        return Templates.view(
                form, whose.owner(), whose.choices(), earnings.of(whose.id()), payouts.of(whose.id()), rules);
    }

    private Whose whose(Caller caller, String owner) {
        Map<String, Long> ids = new TreeMap<>();
        owners.names(caller.organisations()).forEach((id, name) -> ids.put(name, id));
        ids.put(caller.name(), caller.ownerId());
        Whose whose = new Whose(owner, ids);
        whose.id();
        return whose;
    }
}
