package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.Algorithms;
import io.algomat.catalog.CreateSources;
import io.algomat.catalog.DeprecateVersion;
import io.algomat.catalog.EditAlgorithm;
import io.algomat.catalog.PageTexts;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What an owner's members change of an algorithm: its page's texts, its listing, its versions' deprecation. */
@Path("/algorithms/{owner}/{name}/manage")
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class ManagePage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance view(ManageShown shown);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Algorithms algorithms;
    private final EditAlgorithm edit;
    private final DeprecateVersion deprecate;
    private final CreateSources create;

    @PathParam("owner")
    String owner = "";

    @PathParam("name")
    String name = "";

    ManagePage(
            CurrentCaller current,
            Algorithms algorithms,
            EditAlgorithm edit,
            DeprecateVersion deprecate,
            CreateSources create) {
        this.current = current;
        this.algorithms = algorithms;
        this.edit = edit;
        this.deprecate = deprecate;
        this.create = create;
    }

    @GET
    @Consumes(MediaType.WILDCARD)
    public TemplateInstance view() {
        Caller caller = current.required();
        return page(edit.texts(owner, name, caller), caller, Map.of());
    }

    @POST
    public Response edit(
            @FormParam("title") @DefaultValue("") String title,
            @FormParam("tag_line") @DefaultValue("") String tagLine,
            @FormParam("readme") @DefaultValue("") String readme,
            @FormParam("licence") @DefaultValue("") String licence,
            @FormParam("categories") List<String> categories,
            @FormParam("tags") @DefaultValue("") String tags) {
        Caller caller = current.required();
        PageTexts texts = new PageTexts(title, tagLine, readme, licence, categories, words(tags));
        try {
            edit.edit(owner, name, texts, caller);
            return back();
        } catch (Problem refused) {
            return again(refused, texts, caller);
        }
    }

    @POST
    @Path("list")
    public Response list(@FormParam("listed") boolean listed) {
        edit.list(owner, name, listed, current.required());
        return back();
    }

    @POST
    @Path("deprecate")
    public Response deprecate(
            @FormParam("version") @DefaultValue("") String version, @FormParam("note") @DefaultValue("") String note) {
        Caller caller = current.required();
        try {
            deprecate.deprecate(owner, name, version, note, caller);
            return back();
        } catch (Problem refused) {
            return again(refused, edit.texts(owner, name, caller), caller);
        }
    }

    @POST
    @Path("undeprecate")
    public Response undeprecate(@FormParam("version") @DefaultValue("") String version) {
        deprecate.undeprecate(owner, name, version, current.required());
        return back();
    }

    /** Opens a version's bundle in the editor, to make the next version of it. */
    @POST
    @Path("sources")
    public Response sources(@FormParam("version") @DefaultValue("") String version) {
        String id = create.fromVersion(owner, name, version, current.required());
        return Response.seeOther(URI.create("/publish/sources/" + id)).build();
    }

    private Response again(Problem refused, PageTexts texts, Caller caller) {
        if (refused.code() != ErrorCode.INVALID) {
            throw refused;
        }
        return Response.status(refused.code().status())
                .entity(page(texts, caller, refused.messages()).render())
                .build();
    }

    private TemplateInstance page(PageTexts texts, Caller caller, Map<String, String> errors) {
        return Templates.view(new ManageShown(algorithms.view(owner, name, caller), texts, errors));
    }

    private Response back() {
        return Response.seeOther(URI.create("/algorithms/" + owner + "/" + name + "/manage"))
                .build();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }
}
