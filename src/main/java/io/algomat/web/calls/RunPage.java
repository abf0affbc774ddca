package io.algomat.web.calls;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Owners;
import io.algomat.billing.Terms;
import io.algomat.calls.Call;
import io.algomat.calls.CallResult;
import io.algomat.calls.ReadInput;
import io.algomat.calls.RouteCall;
import io.algomat.platform.Payload;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The playground's call: by session, or as the guest. The body is the input; the CSRF header is asked for by the pages. */
@Path("/algorithms/{owner}/{name}/run")
@RunOnVirtualThread
public class RunPage {
    private static final String FRONT = "playground";

    private final CurrentCaller current;
    private final Owners owners;
    private final ReadInput input;
    private final RouteCall calls;

    RunPage(CurrentCaller current, Owners owners, ReadInput input, RouteCall calls) {
        this.current = current;
        this.owners = owners;
        this.input = input;
        this.calls = calls;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public RunAnswer run(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @QueryParam("version") @Nullable String version,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context RoutingContext http,
            InputStream body) {
        Caller caller = current.optional().orElseGet(owners::guest);
        Payload payload = input.read(contentType, body);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        http.addEndHandler(ended -> {
            if (ended.failed()) {
                gone.complete(null);
            }
        });
        CallResult result = calls.route(new Call(
                caller,
                owner,
                name,
                version,
                payload,
                null,
                current.address(),
                FRONT,
                gone,
                false,
                Terms.NONE,
                null,
                null));
        return RunAnswer.of(result, caller.actsFor(result.version().ownerId()));
    }
}
