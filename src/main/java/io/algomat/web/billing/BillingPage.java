package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.KeysOf;
import io.algomat.accounts.Owners;
import io.algomat.billing.Balances;
import io.algomat.billing.Billing;
import io.algomat.billing.ChargeList;
import io.algomat.billing.ChargeReport;
import io.algomat.billing.GrantHistory;
import io.algomat.billing.Grouping;
import io.algomat.billing.Period;
import io.algomat.billing.Whose;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
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
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An account's own money: credit, spend, single charges, and what its algorithms earned. */
@Path(SpendView.PATH)
@RunOnVirtualThread
public class BillingPage {
    private static final int CHARGES_ON_PAGE = 25;

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(SpendView view);

        static native TemplateInstance earnings(EarningsView view);
    }

    private final CurrentCaller current;
    private final Billing billing;
    private final Balances balances;
    private final ChargeReport report;
    private final ChargeList charges;
    private final GrantHistory grants;
    private final KeysOf keys;
    private final Owners owners;
    private final ChargesCsv chargesCsv;
    private final Clock clock;

    BillingPage(
            CurrentCaller current,
            Billing billing,
            Balances balances,
            ChargeReport report,
            ChargeList charges,
            GrantHistory grants,
            KeysOf keys,
            Owners owners,
            ChargesCsv chargesCsv,
            Clock clock) {
        this.current = current;
        this.billing = billing;
        this.balances = balances;
        this.report = report;
        this.charges = charges;
        this.grants = grants;
        this.keys = keys;
        this.owners = owners;
        this.chargesCsv = chargesCsv;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(
            @BeanParam PeriodForm form,
            @QueryParam("by") @Nullable String by,
            @QueryParam("page") @DefaultValue("1") String page) {
        long owner = current.required().ownerId();
        PeriodForm.Read read = form.orMonth(today());
        Period period = read.choice().period();
        Whose whose = new Whose.Callers(owner);
        Grouping grouping = "key".equals(by) ? Grouping.KEY : Grouping.ALGORITHM;
        SpendView view = new SpendView(
                balances.of(owner),
                billing.available(owner),
                read.choice(),
                grouping,
                today(),
                report.read(whose, period, grouping),
                charges.page(whose, period, number(page), CHARGES_ON_PAGE),
                grants.of(owner),
                SpendView.names(keys.owner(owner)),
                read.errors());
        return Response.status(read.status()).entity(Templates.view(view)).build();
    }

    @GET
    @Path("/charges.csv")
    public Response csv(@BeanParam PeriodForm form) {
        long owner = current.required().ownerId();
        return chargesCsv.of(new Whose.Callers(owner), form.choice(today()).period());
    }

    /** @param owner one of the owners that the caller acts for; itself when none is named */
    @GET
    @Path("/earnings")
    @Produces(MediaType.TEXT_HTML)
    public Response earnings(@BeanParam PeriodForm form, @QueryParam("owner") @Nullable String owner) {
        Caller caller = current.required();
        PeriodForm.Read read = form.orMonth(today());
        Map<Long, String> organisations = owners.names(caller.organisations());
        String name = owner == null ? caller.name() : owner;
        long id = idOf(caller, organisations, name);
        EarningsView view = new EarningsView(
                name,
                Stream.concat(
                                Stream.of(caller.name()),
                                organisations.values().stream().sorted())
                        .toList(),
                balances.of(id),
                read.choice(),
                today(),
                report.read(new Whose.Publishers(id), read.choice().period(), Grouping.ALGORITHM),
                read.errors());
        return Response.status(read.status()).entity(Templates.earnings(view)).build();
    }

    private static long idOf(Caller caller, Map<Long, String> organisations, String name) {
        if (name.equals(caller.name())) {
            return caller.ownerId();
        }
        return organisations.entrySet().stream()
                .filter(organisation -> organisation.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "You earn nothing as '" + name + "'"));
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** A page number from an address, where anything may stand. */
    static int number(String page) {
        return page.matches("[0-9]{1,6}") ? Page.sane(Integer.parseInt(page)) : 1;
    }
}
