package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.calls.ReadInput;
import io.algomat.catalog.TryDraft;
import io.algomat.platform.Payload;
import io.algomat.web.calls.RunAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A draft's playground: the body is the input, and the answer comes with log and stack trace, for it is one's own run. */
@Path("/publish/drafts/{id}/try")
@RunOnVirtualThread
public class TryPage {
    private final CurrentCaller current;
    private final ReadInput input;
    private final TryDraft draft;

    TryPage(CurrentCaller current, ReadInput input, TryDraft draft) {
        this.current = current;
        this.input = input;
        this.draft = draft;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public RunAnswer call(
            @PathParam("id") String id,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context RoutingContext http,
            InputStream body) {
        Caller caller = current.required();
        Payload payload = input.read(contentType, body);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        http.addEndHandler(ended -> {
            if (ended.failed()) {
                gone.complete(null);
            }
        });
        long begin = System.nanoTime();
        return RunAnswer.tried(draft.call(id, payload, caller, gone), begin);
    }
}
