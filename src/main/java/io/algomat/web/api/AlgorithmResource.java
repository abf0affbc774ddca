package io.algomat.web.api;

import io.algomat.accounts.CurrentCaller;
import io.algomat.catalog.Algorithms;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** An algorithm for programs, as its page shows it to people. */
@Path("/api/algorithms/{owner}/{name}")
@RunOnVirtualThread
@Tag(name = "Catalogue")
public class AlgorithmResource {
    private final Algorithms algorithms;
    private final CurrentCaller current;

    AlgorithmResource(Algorithms algorithms, CurrentCaller current) {
        this.algorithms = algorithms;
        this.current = current;
    }

    /** @param version an exact version; the newest public one when it is absent */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "An algorithm with its versions, schemas and samples", operationId = "algorithm")
    public AlgorithmJson view(
            @PathParam("owner") String owner,
            @PathParam("name") String name,
            @QueryParam("version") @Nullable String version) {
        return AlgorithmJson.of(
                algorithms.view(owner, name, version, current.optional().orElse(null)));
    }
}
