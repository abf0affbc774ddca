package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.Algorithms;
import io.algomat.catalog.TakeDownAlgorithm;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All algorithms, for the administrator to take down and restore. */
@Path("/admin/algorithms")
@RunOnVirtualThread
@Produces(MediaType.TEXT_HTML)
public class AdminAlgorithmsPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance view(AdminShown shown);

        private Templates() {}
    }

    /**
     * @param wrong what was wrong with the act on {@code path}; both are empty when nothing was
     */
    public record AdminShown(String text, List<Algorithms.Line> algorithms, String path, String wrong) {}

    private final CurrentCaller current;
    private final Algorithms algorithms;
    private final TakeDownAlgorithm takeDown;

    AdminAlgorithmsPage(CurrentCaller current, Algorithms algorithms, TakeDownAlgorithm takeDown) {
        this.current = current;
        this.algorithms = algorithms;
        this.takeDown = takeDown;
    }

    @GET
    public TemplateInstance view(@QueryParam("name") @DefaultValue("") String text) {
        current.administrator();
        return page(text, "", "");
    }

    @POST
    @Path("{owner}/{name}/take-down")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response takeDown(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @FormParam("reason") @DefaultValue("") String reason) {
        Caller administrator = current.administrator();
        return act(owner + "/" + name, () -> takeDown.takeDown(owner, name, reason, administrator));
    }

    @POST
    @Path("{owner}/{name}/restore")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @FormParam("reason") @DefaultValue("") String reason) {
        Caller administrator = current.administrator();
        return act(owner + "/" + name, () -> takeDown.restore(owner, name, reason, administrator));
    }

    private Response act(String path, Runnable act) {
        try {
            act.run();
            String text = URLEncoder.encode(path, StandardCharsets.UTF_8);
            return Response.seeOther(URI.create("/admin/algorithms?name=" + text))
                    .build();
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.INVALID && refused.code() != ErrorCode.CONFLICT) {
                throw refused;
            }
            return Response.status(refused.code().status())
                    .entity(page(path, path, refused.detail()).render())
                    .build();
        }
    }

    private TemplateInstance page(String text, String path, String wrong) {
        return Templates.view(new AdminShown(text, algorithms.all(text), path, wrong));
    }
}
