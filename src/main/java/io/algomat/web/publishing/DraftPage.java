package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.DraftView;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.Offer;
import io.algomat.catalog.Publication;
import io.algomat.catalog.PublishVersion;
import io.algomat.catalog.Sources;
import io.algomat.catalog.Step;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A draft: its build log while it is tested, what its samples answered, and the form that publishes it. */
@Path("/publish/drafts/{id}")
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class DraftPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance view(DraftShown shown);

        static native TemplateInstance outcome(DraftShown shown);

        static native TemplateInstance lines(LogShown log);

        static native TemplateInstance price(PricePreview price);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Sources sources;
    private final Drafts drafts;
    private final PublishVersion publish;

    DraftPage(CurrentCaller current, Sources sources, Drafts drafts, PublishVersion publish) {
        this.current = current;
        this.sources = sources;
        this.drafts = drafts;
        this.publish = publish;
    }

    @GET
    public Response view(@PathParam("id") String id) {
        DraftView draft = drafts.view(id, current.required());
        return draft.publishedVersion() == null
                ? Response.ok(Templates.view(fresh(draft)).render()).build()
                : Response.seeOther(page(draft)).build();
    }

    /**
     * The lines of the build log after one that the page has. When there are any, the page is told that the rest may have
     * moved on too.
     */
    @GET
    @Path("log")
    public Response log(@PathParam("id") String id, @QueryParam("after") @DefaultValue("0") long after) {
        LogShown log = LogShown.after(after, fresh(drafts.view(id, current.required())));
        Response.ResponseBuilder answer = Response.ok(Templates.lines(log).render());
        return (log.quiet() ? answer : answer.header("HX-Trigger", "draft-moved")).build();
    }

    /** What the samples answered, and what can be done with the draft now. */
    @GET
    @Path("outcome")
    public TemplateInstance outcome(@PathParam("id") String id) {
        return Templates.outcome(fresh(drafts.view(id, current.required())));
    }

    /** What the step and royalty in the form come to. */
    @GET
    @Path("price")
    public TemplateInstance price(
            @PathParam("id") String id,
            @QueryParam("step") @DefaultValue("major") String step,
            @QueryParam("royalty") @DefaultValue("") String royalty) {
        DraftView draft = drafts.view(id, current.required());
        DraftShown asked = DraftShown.of(
                draft,
                publish.offers(id, current.required()),
                Step.ofWire(step),
                "public",
                royalty,
                "",
                Map.of(),
                Places.NONE);
        return Templates.price(asked.price());
    }

    @POST
    @Path("publish")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response publish(
            @PathParam("id") String id,
            @FormParam("step") @DefaultValue("") String step,
            @FormParam("visibility") @DefaultValue("public") String visibility,
            @FormParam("royalty") @DefaultValue("") String royalty,
            @FormParam("notes") @DefaultValue("") String notes) {
        Caller caller = current.required();
        try {
            Publication wanted =
                    new Publication(Step.ofWire(step), Visibility.ofWire(visibility), credits(royalty), notes);
            PublishVersion.Published published = publish.publish(id, wanted, caller);
            return Response.seeOther(URI.create("/algorithms/" + published.owner() + "/" + published.name()))
                    .build();
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.INVALID) {
                throw refused;
            }
            DraftShown again = again(drafts.view(id, caller), caller, step, visibility, royalty, notes, refused);
            return Response.status(refused.code().status())
                    .entity(Templates.view(again).render())
                    .build();
        }
    }

    @POST
    @Path("discard")
    public Response discard(@PathParam("id") String id) {
        drafts.discard(id, current.required());
        return Response.seeOther(URI.create("/publish")).build();
    }

    private DraftShown fresh(DraftView draft) {
        return DraftShown.fresh(draft, publish.offers(draft.id(), current.required()), places(draft));
    }

    private Places places(DraftView draft) {
        return sources.ofDraft(draft.id())
                .map(source -> new Places(sources.view(source, current.required())))
                .orElse(Places.NONE);
    }

    private DraftShown again(
            DraftView draft,
            Caller caller,
            String step,
            String visibility,
            String royalty,
            String notes,
            Problem refused) {
        List<Offer> offers = publish.offers(draft.id(), caller);
        Step chosen = offers.stream()
                .map(Offer::step)
                .filter(offered -> offered.wire().equals(step))
                .findFirst()
                .orElse(Step.MINOR);
        return DraftShown.of(draft, offers, chosen, visibility, royalty, notes, refused.messages(), places(draft));
    }

    private static Credits credits(String text) {
        try {
            return Credits.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "royalty",
                    "'" + text
                            + "' is no amount of credits; expected a number such as 0.5, with at most six decimal places");
        }
    }

    private static URI page(DraftView draft) {
        return URI.create("/algorithms/" + draft.manifest().path());
    }
}
