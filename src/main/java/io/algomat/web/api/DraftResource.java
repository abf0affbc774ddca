package io.algomat.web.api;

import io.algomat.accounts.Caller;
import io.algomat.catalog.DraftView;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.Publication;
import io.algomat.catalog.PublishVersion;
import io.algomat.catalog.Step;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.platform.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Drafts for programs: look, publish, throw away. */
@Path("/api/drafts")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Publishing")
public class DraftResource {
    /**
     * What to publish a draft as.
     *
     * @param step major, minor or revision
     * @param visibility public or private; public when absent
     * @param royalty credits per call; when absent, the manifest's, or for a revision the price before
     */
    public record Wanted(
            @Nullable String step,
            @Nullable String visibility,
            @Nullable BigDecimal royalty,
            @Nullable String notes) {}

    /** A draft in the list; its own address has its log and what its samples answered. */
    public record Waiting(
            String id, String state, String algorithm, String title, Instant createdAt, Instant expiresAt) {}

    /** The version that a draft became. */
    public record PublishedJson(String owner, String name, String version, String page) {}

    private final PublisherKey key;
    private final Drafts drafts;
    private final PublishVersion publish;

    DraftResource(PublisherKey key, Drafts drafts, PublishVersion publish) {
        this.key = key;
        this.drafts = drafts;
        this.publish = publish;
    }

    @GET
    @Operation(summary = "Your drafts that wait to be published", operationId = "drafts")
    public List<Waiting> list() {
        Caller caller = key.required();
        return drafts.of(caller).stream().map(DraftResource::waiting).toList();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A draft's state, build log and what its samples answered", operationId = "draft")
    public DraftJson view(@PathParam("id") String id) {
        Caller caller = key.required();
        DraftView draft = drafts.view(id, caller);
        return DraftJson.of(draft, publish.offers(id, caller));
    }

    @POST
    @Path("{id}/publish")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Publish a tested draft as a version", operationId = "publishDraft")
    public Response publish(@PathParam("id") String id, @Nullable Wanted wanted) {
        Caller caller = key.required();
        PublishVersion.Published version = publish.publish(id, publication(wanted), caller);
        String page = "/algorithms/" + version.owner() + "/" + version.name();
        return Response.created(URI.create("/api" + page))
                .entity(new PublishedJson(version.owner(), version.name(), version.version(), page))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Throw a draft away", operationId = "discardDraft")
    public void discard(@PathParam("id") String id) {
        drafts.discard(id, key.required());
    }

    private static Waiting waiting(Drafts.Waiting draft) {
        return new Waiting(
                draft.id(),
                draft.state().wire(),
                draft.algorithm(),
                draft.title(),
                draft.createdAt(),
                draft.expiresAt());
    }

    private static Publication publication(@Nullable Wanted wanted) {
        if (wanted == null || wanted.step() == null) {
            throw Problem.invalid("step", "The step is missing; expected major, minor or revision");
        }
        return new Publication(
                Step.ofWire(wanted.step()),
                Visibility.ofWire(wanted.visibility() == null ? "public" : wanted.visibility()),
                royalty(wanted.royalty()),
                wanted.notes() == null ? "" : wanted.notes());
    }

    private static @Nullable Credits royalty(@Nullable BigDecimal royalty) {
        try {
            // Never toPlainString(): of 1e999999999 it would be a gigabyte of zeros.
            return royalty == null ? null : Credits.parse(royalty.toString());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "royalty", "The royalty is no amount of credits; expected at most six decimal places");
        }
    }
}
