package io.algomat.web.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Scope;
import io.algomat.billing.Balance;
import io.algomat.billing.Balances;
import io.algomat.billing.Billing;
import io.algomat.billing.Charge;
import io.algomat.billing.ChargeList;
import io.algomat.billing.Slice;
import io.algomat.billing.Whose;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credit and charges for programs, with a key of scope {@code read:usage}. Amounts are decimal credits. */
@Path("/api/billing")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BillingResource {
    private static final int CHARGES_ON_PAGE = 100;

    /** @param available what new calls can spend: promo and funded credit less what running calls hold */
    public record BalanceDocument(String available, String promo, String funded, Earnings earnings) {}

    /** @param unfunded royalties that callers paid from promo credit, which are not paid out */
    public record Earnings(String payable, String unfunded) {}

    /** @param key id of the API key, or null for a call from a page */
    public record ChargeDocument(
            String call,
            Instant at,
            String algorithm,
            String version,
            @Nullable Long key,
            String device,
            long billedMs,
            String total,
            String royalty,
            String compute,
            String promo,
            Map<String, String> labels,
            @Nullable UnitsDocument units) {}

    /** @param cost what the units were of the royalty */
    public record UnitsDocument(String metric, String count, String cost) {
        static @Nullable UnitsDocument of(Charge.@Nullable Metered metered) {
            return metered == null
                    ? null
                    : new UnitsDocument(
                            metered.metric(),
                            metered.units().toString(),
                            metered.cost().toString());
        }
    }

    public record ChargesDocument(List<ChargeDocument> charges, int page, long pages, long total) {}

    private final CurrentCaller current;
    private final Billing billing;
    private final Balances balances;
    private final ChargeList charges;
    private final Clock clock;

    BillingResource(CurrentCaller current, Billing billing, Balances balances, ChargeList charges, Clock clock) {
        this.current = current;
        this.billing = billing;
        this.balances = balances;
        this.charges = charges;
        this.clock = clock;
    }

    @GET
    @Path("/balance")
    public BalanceDocument balance() {
        long owner = reader().ownerId();
        Balance balance = balances.of(owner);
        return new BalanceDocument(
                billing.available(owner).toString(),
                balance.promo().toString(),
                balance.funded().toString(),
                new Earnings(
                        balance.earnings().toString(),
                        balance.earningsUnfunded().toString()));
    }

    @GET
    @Path("/charges")
    public ChargesDocument charges(@BeanParam PeriodForm form, @QueryParam("page") @DefaultValue("1") String page) {
        Slice own = Slice.of(new Whose.Callers(reader().ownerId()));
        Page<ChargeList.Line> found =
                charges.page(own, form.choice(LocalDate.now(clock)).period(), SliceForm.number(page), CHARGES_ON_PAGE);
        return new ChargesDocument(
                found.items().stream().map(BillingResource::document).toList(),
                found.number(),
                found.pages(),
                found.total());
    }

    private Caller reader() {
        Caller caller = current.required();
        if (!caller.may(Scope.READ_USAGE)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN, "This key may not read usage; make one with the scope read:usage at /keys");
        }
        return caller;
    }

    private static ChargeDocument document(ChargeList.Line line) {
        return new ChargeDocument(
                Ids.callText(line.callId()),
                line.at(),
                line.algorithm(),
                line.version(),
                line.keyId(),
                line.device(),
                line.billedMillis(),
                line.sums().gross().toString(),
                line.sums().royalty().toString(),
                line.sums().compute().toString(),
                line.sums().promo().toString(),
                line.labels().pairs(),
                UnitsDocument.of(line.metered()));
    }
}
