package io.algomat.web.api;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.calls.QuoteCall;
import io.algomat.catalog.AlgorithmView;
import io.algomat.catalog.Algorithms;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a call of an algorithm costs, before it is made. */
@Path("/api/algorithms/{owner}/{name}/pricing")
@RunOnVirtualThread
@Tag(name = "Catalogue")
public class PricingResource {
    private final QuoteCall quotes;
    private final Algorithms algorithms;
    private final CurrentCaller current;

    PricingResource(QuoteCall quotes, Algorithms algorithms, CurrentCaller current) {
        this.quotes = quotes;
        this.algorithms = algorithms;
        this.current = current;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "What a call costs: price, the most that is set aside, and an estimate from past calls",
            description = "For whoever asks: with a key the price is that key's, and one's own algorithms are free of"
                    + " royalty. Amounts are decimal credits.",
            operationId = "pricing")
    public PricingJson pricing(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @Parameter(
                            description =
                                    "A version segment as in the address of a call, such as 1.2.3 or 1; the newest public"
                                            + " version when it is absent")
                    @QueryParam("version")
                    @Nullable
                    String version) {
        Caller caller = current.optional().orElse(null);
        QuoteCall.Quote quote = quotes.quote(owner, name, version, caller);
        AlgorithmView view = algorithms.view(owner, name, quote.version().version(), caller);
        return PricingJson.of(quote, view);
    }
}
