package io.algomat.web.catalog;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.AlgorithmView;
import io.algomat.catalog.Algorithms;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.Workers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** An algorithm's page, tab by tab, and the samples that its playground is filled with. */
@Path("/algorithms/{owner}/{name}")
@RunOnVirtualThread
public class AlgorithmPage {
    @CheckedTemplate
    static class Templates {
        static native TemplateInstance playground(AlgorithmShown shown);

        static native TemplateInstance about(AlgorithmShown shown);

        static native TemplateInstance api(AlgorithmShown shown);

        static native TemplateInstance samples(AlgorithmShown shown);

        static native TemplateInstance versions(AlgorithmShown shown);

        private Templates() {}
    }

    private final Algorithms algorithms;
    private final CurrentCaller current;
    private final Workers workers;
    private final ReadSchema schemas;
    private final ShowPayload payloads;

    public AlgorithmPage(
            Algorithms algorithms, CurrentCaller current, Workers workers, ReadSchema schemas, ShowPayload payloads) {
        this.algorithms = algorithms;
        this.current = current;
        this.workers = workers;
        this.schemas = schemas;
        this.payloads = payloads;
    }

    @GET
    public TemplateInstance playground(
            @RestPath String owner, @RestPath String name, @RestQuery @Nullable String version) {
        return Templates.playground(shown(AlgorithmTab.PLAYGROUND, owner, name, version));
    }

    @GET
    @Path("/about")
    public TemplateInstance about(@RestPath String owner, @RestPath String name, @RestQuery @Nullable String version) {
        return Templates.about(shown(AlgorithmTab.ABOUT, owner, name, version));
    }

    @GET
    @Path("/api")
    public TemplateInstance api(@RestPath String owner, @RestPath String name, @RestQuery @Nullable String version) {
        return Templates.api(shown(AlgorithmTab.API, owner, name, version));
    }

    @GET
    @Path("/samples")
    public TemplateInstance samples(
            @RestPath String owner, @RestPath String name, @RestQuery @Nullable String version) {
        return Templates.samples(shown(AlgorithmTab.SAMPLES, owner, name, version));
    }

    @GET
    @Path("/versions")
    public TemplateInstance versions(
            @RestPath String owner, @RestPath String name, @RestQuery @Nullable String version) {
        return Templates.versions(shown(AlgorithmTab.VERSIONS, owner, name, version));
    }

    /** A sample's input, as the playground sends it. */
    @GET
    @Path("/samples/{number}/input")
    public Response input(
            @RestPath String owner, @RestPath String name, @RestPath int number, @RestQuery @Nullable String version) {
        return bytes(sample(owner, name, number, version).input());
    }

    /** What a sample answered when its version was tested. */
    @GET
    @Path("/samples/{number}/output")
    public Response output(
            @RestPath String owner, @RestPath String name, @RestPath int number, @RestQuery @Nullable String version) {
        return bytes(sample(owner, name, number, version).output());
    }

    private AlgorithmShown shown(AlgorithmTab tab, String owner, String name, @Nullable String version) {
        Caller caller = current.optional().orElse(null);
        AlgorithmView algorithm = algorithms.view(owner, name, version, caller);
        AlgorithmView.ShownVersion shown = algorithm.shown();
        Workers.PoolState pool = workers.state("version-" + shown.version().versionId());
        return new AlgorithmShown(
                algorithm,
                tab,
                version != null,
                caller,
                pool.warm(),
                workers.has(shown.device()),
                SampleShown.of(algorithm, payloads),
                schemas.read(shown.inputSchema()),
                schemas.read(shown.outputSchema()));
    }

    private AlgorithmView.SampleView sample(String owner, String name, int number, @Nullable String version) {
        List<AlgorithmView.SampleView> samples = algorithms
                .view(owner, name, version, current.optional().orElse(null))
                .shown()
                .samples();
        if (number < 1 || number > samples.size()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "This version has " + samples.size() + " samples.");
        }
        return samples.get(number - 1);
    }

    /** A stranger's bytes: never a page of this site, whatever they look like. */
    private static Response bytes(Payload payload) {
        return Response.ok(payload.bytes())
                .type(ShowPayload.contentType(payload))
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=3600")
                .build();
    }
}
