package io.algomat.web.billing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Scope;
import io.algomat.billing.ChangeLimits;
import io.algomat.billing.LimitPeriod;
import io.algomat.billing.SpendLimit;
import io.algomat.billing.SpendLimits;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Limits for programs. A key may set and lower them; raising and removing them is for the pages. */
@Path("/api/billing/limits")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Billing")
public class LimitsResource {
    /**
     * @param key id of the API key; absent for the whole account
     * @param period {@code day}, {@code month} or {@code total}
     * @param resets when it counts anew; absent for never
     * @param alerts of this period
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LimitDocument(
            @Nullable Long key,
            String period,
            @Nullable String maxSpend,
            @Nullable Long maxCalls,
            String spent,
            long calls,
            @Nullable Instant resets,
            List<String> alerts) {}

    public record LimitsDocument(List<LimitDocument> limits) {}

    /** @param key absent for the whole account; @param maxSpend decimal credits */
    public record Wanted(
            @Nullable Long key,
            @Nullable String period,
            @Nullable String maxSpend,
            @Nullable Long maxCalls) {}

    private final CurrentCaller current;
    private final SpendLimits limits;
    private final ChangeLimits change;

    LimitsResource(CurrentCaller current, SpendLimits limits, ChangeLimits change) {
        this.current = current;
        this.limits = limits;
        this.change = change;
    }

    @GET
    @Operation(summary = "The account's limits and what is used of them", operationId = "limits")
    public LimitsDocument list() {
        return documents(caller(Scope.READ_USAGE).ownerId());
    }

    /** Answers with all limits as they are then. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set a limit, or lower one",
            description = "A limit for the same key and period is replaced. Raising or removing one is refused (403).",
            operationId = "setLimit")
    public LimitsDocument set(@Nullable Wanted wanted) {
        Caller caller = caller(Scope.CALL);
        if (wanted == null) {
            throw Problem.invalid("period", "Send a JSON object with period, and maxSpend or maxCalls or both");
        }
        change.tighten(
                caller.ownerId(),
                wanted.key(),
                LimitPeriod.of(wanted.period() == null ? "" : wanted.period())
                        .orElseThrow(() -> Problem.invalid("period", "Expected day, month or total")),
                credits(wanted.maxSpend()),
                wanted.maxCalls());
        return documents(caller.ownerId());
    }

    private static @Nullable Credits credits(@Nullable String text) {
        try {
            return text == null ? null : Credits.parse(text);
        } catch (IllegalArgumentException _) {
            throw Problem.invalid("maxSpend", "Expected a decimal number of credits such as 12.5");
        }
    }

    private Caller caller(Scope scope) {
        Caller caller = current.required();
        if (!caller.may(scope)) {
            throw Problem.of(
                    ErrorCode.FORBIDDEN, "This needs a key with the scope " + scope.wire() + "; make one at /keys");
        }
        return caller;
    }

    private LimitsDocument documents(long owner) {
        return new LimitsDocument(
                limits.views(owner).stream().map(LimitsResource::document).toList());
    }

    private static LimitDocument document(SpendLimits.View view) {
        SpendLimit limit = view.limit();
        Credits most = limit.maxSpend();
        return new LimitDocument(
                limit.keyId(),
                limit.period().wire(),
                most == null ? null : most.toString(),
                limit.maxCalls(),
                view.spent().toString(),
                view.calls(),
                view.resets(),
                view.alerts());
    }
}
