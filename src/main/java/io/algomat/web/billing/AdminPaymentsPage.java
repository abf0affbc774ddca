package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.AdjustCredit;
import io.algomat.billing.FundEarnings;
import io.algomat.billing.MoneyMoves;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.web.accounts.Form;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where administrators see what moved money otherwise than by calls, and put accounts right. */
@Path("/admin/payments")
@RunOnVirtualThread
public class AdminPaymentsPage {
    static final URI HERE = URI.create("/admin/payments");
    private static final int MOVES = 50;

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(Form form, List<MoneyMoves.Move> moves, List<MoneyMoves.Debt> debts);
    }

    private final CurrentCaller current;
    private final MoneyMoves moves;
    private final AdjustCredit adjust;
    private final FundEarnings fund;

    AdminPaymentsPage(CurrentCaller current, MoneyMoves moves, AdjustCredit adjust, FundEarnings fund) {
        this.current = current;
        this.moves = moves;
        this.adjust = adjust;
        this.fund = fund;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance view() {
        current.administrator();
        return page(fresh());
    }

    @POST
    @Path("/adjust")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response adjust(MultivaluedMap<String, String> sent) {
        Caller administrator = current.administrator();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    String owner = form.text("owner");
                    String amount = form.text("amount");
                    if (form.has("what", "earnings")) {
                        fund.fund(administrator, owner, amount, form.text("reason"), form.text("once"));
                    } else {
                        adjust.adjust(administrator, owner, amount, form.text("reason"), form.text("once"));
                    }
                    return HERE;
                },
                this::page);
    }

    @POST
    @Path("/reverse")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response reverse(MultivaluedMap<String, String> sent) {
        Caller administrator = current.administrator();
        Form form = Form.of(sent);
        return form.submit(
                () -> {
                    adjust.reverse(administrator, number(form.text("posting")), form.text("why"));
                    return HERE;
                },
                again -> page(new Form(
                        fresh().sent(),
                        Map.of("why", String.join(" ", again.errors().values())))));
    }

    /** Goes to the charge of a call. */
    @POST
    @Path("/calls")
    public Response find(@FormParam("call") @Nullable String call) {
        current.administrator();
        String id = Ids.callText(Ids.parseCall(call == null ? "" : call.strip()));
        return Response.seeOther(URI.create("/admin/payments/calls/" + id)).build();
    }

    private TemplateInstance page(Form form) {
        return Templates.view(form, moves.latest(MOVES), moves.debts());
    }

    /** Each form that is shown books once, however often it is sent. */
    static Form fresh() {
        return Form.of(Map.of("once", List.of(Ids.random("form"))));
    }

    /** @throws Problem not-found, when it is no number of anything */
    static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is no number '" + text + "' here");
        }
        return Long.parseLong(text);
    }
}
