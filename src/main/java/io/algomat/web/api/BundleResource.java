package io.algomat.web.api;

import io.algomat.accounts.Caller;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.PublishVersion;
import io.algomat.catalog.ReceiveBundle;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes bundles in; the body is the zip itself, checked while it comes. */
@Path("/api/bundles")
@RunOnVirtualThread
@Tag(name = "Publishing")
public class BundleResource {
    private final PublisherKey key;
    private final ReceiveBundle receive;
    private final Drafts drafts;
    private final PublishVersion publish;

    BundleResource(PublisherKey key, ReceiveBundle receive, Drafts drafts, PublishVersion publish) {
        this.key = key;
        this.receive = receive;
        this.drafts = drafts;
        this.publish = publish;
    }

    @POST
    @Consumes({"application/zip", MediaType.APPLICATION_OCTET_STREAM})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Upload a bundle; its samples are then tested", operationId = "uploadBundle")
    public Response upload(InputStream zip) {
        Caller caller = key.required();
        String id = receive.receive(zip, caller);
        return Response.created(URI.create("/api/drafts/" + id))
                .entity(DraftJson.of(drafts.view(id, caller), publish.offers(id, caller)))
                .build();
    }
}
