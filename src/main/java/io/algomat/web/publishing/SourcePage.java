package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.BuildSources;
import io.algomat.catalog.EditSources;
import io.algomat.catalog.Sources;
import io.algomat.platform.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The editor: one file of text at a time, saved and built. What cannot be saved stands in it still. */
@Path("/publish/sources/{id}")
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class SourcePage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance view(SourceShown shown);

        private Templates() {}
    }

    /** The state of a file once it is saved. */
    public record Saved(long change) {}

    private final CurrentCaller current;
    private final Sources sources;
    private final EditSources edit;
    private final BuildSources build;
    private final ShowSources show;

    SourcePage(CurrentCaller current, Sources sources, EditSources edit, BuildSources build, ShowSources show) {
        this.current = current;
        this.sources = sources;
        this.edit = edit;
        this.build = build;
        this.show = show;
    }

    @GET
    public TemplateInstance view(@PathParam("id") String id, @QueryParam("file") @Nullable String file) {
        return Templates.view(show.fresh(id, file, current.required()));
    }

    /**
     * Saves, and builds when that was asked for.
     *
     * @param over the state of the file that the text shall win over, when its writer has seen that there is a newer one
     */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(
            @PathParam("id") String id,
            @FormParam("file") @DefaultValue("") String file,
            @FormParam("change") long change,
            @FormParam("over") @Nullable Long over,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("act") @DefaultValue("save") String act) {
        Caller caller = current.required();
        String typed = text.replace("\r\n", "\n");
        try {
            edit.save(id, file, over == null ? change : over, typed, caller);
        } catch (Problem refused) {
            return refused(refused, show.unsaved(id, file, typed, change, refused, caller));
        }
        return act.equals("build") ? build(id, file) : seeOther(SourceShown.address(id, file));
    }

    /** As the form, from the page's own script: the body is the text. */
    @PUT
    @Path("text")
    @Consumes(MediaType.TEXT_PLAIN)
    @Produces(MediaType.APPLICATION_JSON)
    public Saved save(
            @PathParam("id") String id,
            @QueryParam("file") @DefaultValue("") String file,
            @QueryParam("change") long change,
            String text) {
        return new Saved(edit.save(id, file, change, text, current.required()));
    }

    @POST
    @Path("build")
    public Response build(@PathParam("id") String id, @FormParam("file") @DefaultValue("") String file) {
        Caller caller = current.required();
        try {
            build.build(id, caller);
            return seeOther(SourceShown.address(id, file) + "#build");
        } catch (Problem refused) {
            return refused(refused, show.notBuilt(id, file, refused, caller));
        }
    }

    @POST
    @Path("discard")
    public Response discard(@PathParam("id") String id) {
        sources.discard(id, current.required());
        return seeOther("/publish");
    }

    static Response refused(Problem refused, SourceShown shown) {
        if (refused.code().status() >= 500) {
            throw refused;
        }
        return Response.status(refused.code().status())
                .type(MediaType.TEXT_HTML_TYPE)
                .entity(Templates.view(shown).render())
                .build();
    }

    static Response seeOther(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
