package io.algomat.web.calls;

import io.algomat.accounts.CurrentCaller;
import io.algomat.calls.ReadInput;
import io.algomat.catalog.AlgorithmView;
import io.algomat.catalog.AlgorithmView.SampleView;
import io.algomat.catalog.Algorithms;
import io.algomat.platform.Payload;
import io.algomat.platform.PlatformConfig;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Code to copy for an algorithm: for one of its samples, or for what the playground's form holds. */
@Path("/algorithms/{owner}/{name}/snippets")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SnippetsPage {
    private final Algorithms algorithms;
    private final CurrentCaller current;
    private final ReadInput input;
    private final PlatformConfig config;

    SnippetsPage(Algorithms algorithms, CurrentCaller current, ReadInput input, PlatformConfig config) {
        this.algorithms = algorithms;
        this.current = current;
        this.input = input;
        this.config = config;
    }

    /** @param sample counts from 0 */
    @GET
    public List<Snippets.Snippet> ofSample(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @QueryParam("version") @Nullable String version,
            @QueryParam("sample") @DefaultValue("0") int sample,
            @Context UriInfo address) {
        AlgorithmView algorithm = view(owner, name, version);
        List<SampleView> samples = algorithm.shown().samples();
        if (samples.isEmpty()) {
            return snippets(algorithm, new Payload(Payload.Kind.VOID, new byte[0]), null, address);
        }
        SampleView chosen = samples.get(Math.clamp(sample, 0, samples.size() - 1));
        return snippets(algorithm, chosen.input(), chosen.fileName(), address);
    }

    /** The body is the form's input, as it would be sent to {@code run}; nothing is called. @param file a chosen file's name */
    @POST
    @Consumes(MediaType.WILDCARD)
    public List<Snippets.Snippet> ofForm(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @QueryParam("version") @Nullable String version,
            @QueryParam("file") @Nullable String file,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context UriInfo address,
            InputStream body) {
        return snippets(view(owner, name, version), input.read(contentType, body), file, address);
    }

    private AlgorithmView view(String owner, String name, @Nullable String version) {
        boolean newest = version == null || version.isEmpty();
        return algorithms.view(
                owner, name, newest ? null : version, current.optional().orElse(null));
    }

    private List<Snippets.Snippet> snippets(
            AlgorithmView algorithm, Payload payload, @Nullable String file, UriInfo address) {
        String site = config.publicUrl().orElseGet(() -> origin(address));
        String path = algorithm.path() + "/" + algorithm.shown().version().version();
        return Snippets.of(site, path, payload, file);
    }

    private static String origin(UriInfo address) {
        String base = address.getBaseUri().toString();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }
}
