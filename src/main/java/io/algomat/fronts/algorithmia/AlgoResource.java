package io.algomat.fronts.algorithmia;

import io.algomat.accounts.CurrentCaller;
import io.algomat.billing.Terms;
import io.algomat.calls.Call;
import io.algomat.calls.CallResult;
import io.algomat.calls.IdempotencyKey;
import io.algomat.calls.ReadInput;
import io.algomat.calls.ReadTerms;
import io.algomat.calls.RouteCall;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** Algorithmia's one call: {@code POST /v1/algo/{owner}/{name}[/{version}]}. */
@Path("/v1/algo")
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
public class AlgoResource {
    private static final Logger LOG = Logger.getLogger(AlgoResource.class);
    private static final String FRONT = "algorithmia";
    private static final String KEEP_LOG = "X-Algomat-Keep-Log";

    private final CurrentCaller current;
    private final ReadInput input;
    private final RouteCall calls;

    AlgoResource(CurrentCaller current, ReadInput input, RouteCall calls) {
        this.current = current;
        this.input = input;
        this.calls = calls;
    }

    @POST
    @Uncompressed
    @Path("{address:.+}")
    @Operation(operationId = "call", summary = "Call an algorithm, as Algorithmia's clients do")
    public Response call(@PathParam("address") String address, @Context RoutingContext http, InputStream body) {
        try {
            AlgoOptions options = AlgoOptions.parse(
                    http.request().getParam("timeout"),
                    http.request().getParam("output"),
                    http.request().getParam("stdout"));
            Terms terms = ReadTerms.of(
                    http.request().getHeader("Max-Cost"),
                    http.request().headers().getAll("Labels"),
                    http.queryParam("labels"));
            Call call = call(AlgoAddress.parse(address), options, terms, http, body);
            CallResult result = calls.route(call);
            return AlgoAnswer.of(result, call.caller(), options);
        } catch (Problem problem) {
            return AlgoAnswer.of(problem);
        } catch (RuntimeException failure) {
            LOG.error("A call failed before it was routed", failure);
            return AlgoAnswer.of(Problem.of(ErrorCode.INTERNAL, "The platform failed; the call was free"));
        }
    }

    private Call call(AlgoAddress address, AlgoOptions options, Terms terms, RoutingContext http, InputStream body) {
        var caller = current.required();
        Payload payload = input.read(http.request().getHeader(HttpHeaders.CONTENT_TYPE), body);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        http.addEndHandler(ended -> {
            if (ended.failed()) {
                gone.complete(null);
            }
        });
        return new Call(
                caller,
                address.owner(),
                address.name(),
                address.version(),
                payload,
                options.timeout(),
                http.request().remoteAddress().hostAddress(),
                FRONT,
                gone,
                "true".equalsIgnoreCase(http.request().getHeader(KEEP_LOG)),
                terms,
                IdempotencyKey.read(http.request().getHeader("Idempotency-Key")),
                http.request().getHeader("traceparent"));
    }
}
