package io.algomat.web.publishing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.accounts.Owners;
import io.algomat.catalog.Algorithms;
import io.algomat.catalog.CreateSources;
import io.algomat.catalog.Drafts;
import io.algomat.catalog.ExampleBundle;
import io.algomat.catalog.ReceiveBundle;
import io.algomat.catalog.Sources;
import io.algomat.catalog.Starter;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.workers.Workers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Where publishing begins: what is needed, the upload, one's drafts and algorithms. */
@Path("/publish")
@RunOnVirtualThread
public class PublishPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance view(PublishView shown);

        private Templates() {}
    }

    private final CurrentCaller current;
    private final Owners owners;
    private final Workers workers;
    private final Drafts drafts;
    private final Algorithms algorithms;
    private final ReceiveBundle receive;
    private final Sources sources;
    private final CreateSources create;

    PublishPage(
            CurrentCaller current,
            Owners owners,
            Workers workers,
            Drafts drafts,
            Algorithms algorithms,
            ReceiveBundle receive,
            Sources sources,
            CreateSources create) {
        this.current = current;
        this.owners = owners;
        this.workers = workers;
        this.drafts = drafts;
        this.algorithms = algorithms;
        this.receive = receive;
        this.sources = sources;
        this.create = create;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance view() {
        return page(current.optional(), null);
    }

    /** Sends on to the new draft; a refused bundle brings the page back with what is wrong, file by file. */
    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.TEXT_HTML)
    public Response upload(@RestForm @Nullable FileUpload bundle) throws IOException {
        Caller caller = current.required();
        try {
            if (bundle == null || bundle.size() == 0) {
                throw Problem.invalid("bundle", "No file was chosen; expected a zip with algomat.yaml in it");
            }
            try (InputStream zip = Files.newInputStream(bundle.uploadedFile())) {
                String draft = receive.receive(zip, caller);
                return Response.seeOther(URI.create("/publish/drafts/" + draft)).build();
            }
        } catch (Problem refused) {
            if (refused.code().status() >= 500) {
                throw refused;
            }
            return Response.status(refused.code().status())
                    .entity(page(Optional.of(caller), refused).render())
                    .build();
        }
    }

    /** A small bundle, made out to who asks, that can be uploaded as it is. */
    @GET
    @Path("example.zip")
    @Produces("application/zip")
    public Response example() {
        return Response.ok(ExampleBundle.zip(current.required().name()))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"hello.zip\"")
                .build();
    }

    /** Begins sources from a starter, and opens them. */
    @POST
    @Path("sources")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response begin(
            @FormParam("starter") @DefaultValue("") String starter,
            @FormParam("owner") @DefaultValue("") String owner,
            @FormParam("name") @DefaultValue("") String name) {
        Caller caller = current.required();
        String forOwner = owner.isEmpty() ? caller.name() : owner;
        try {
            String id = create.fromStarter(starter, forOwner, name.strip(), caller);
            return Response.seeOther(URI.create("/publish/sources/" + id)).build();
        } catch (Problem refused) {
            if (refused.code() != ErrorCode.INVALID) {
                throw refused;
            }
            PublishView.Begin begin = new PublishView.Begin(
                    names(caller), starter, forOwner, name, refused.messages(), sources.of(caller));
            return Response.status(refused.code().status())
                    .entity(page(Optional.of(caller), null, begin).render())
                    .build();
        }
    }

    private TemplateInstance page(Optional<Caller> caller, @Nullable Problem refused) {
        List<String> names = caller.map(this::names).orElse(List.of());
        PublishView.Begin begin = new PublishView.Begin(
                names,
                Starter.PYTHON.wire(),
                names.isEmpty() ? "" : names.getFirst(),
                "",
                Map.of(),
                caller.map(sources::of).orElse(List.of()));
        return page(caller, refused, begin);
    }

    /** Itself first, then its organisations by name. */
    private List<String> names(Caller caller) {
        return Stream.concat(
                        Stream.of(caller.name()),
                        owners.names(caller.organisations()).values().stream().sorted())
                .toList();
    }

    private TemplateInstance page(Optional<Caller> caller, @Nullable Problem refused, PublishView.Begin begin) {
        return Templates.view(new PublishView(
                caller.isPresent(),
                caller.map(owners::mayPublish).orElse(false),
                workers.sandbox(),
                ExampleBundle.manifest(caller.map(Caller::name).orElse("you")),
                caller.map(drafts::of).orElse(List.of()),
                caller.map(algorithms::of).orElse(List.of()),
                refused,
                begin));
    }
}
