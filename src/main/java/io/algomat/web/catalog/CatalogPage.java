package io.algomat.web.catalog;

import io.algomat.catalog.SearchAlgorithms;
import io.algomat.catalog.SearchResults;
import io.algomat.workers.Workers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** The catalogue: search, facets and cards. */
@Path("/algorithms")
@RunOnVirtualThread
public class CatalogPage {
    private static final String HTMX = "HX-Request";

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(CatalogView catalog);

        static native TemplateInstance view$wall(CatalogView catalog);
    }

    private final SearchAlgorithms search;
    private final Workers workers;

    public CatalogPage(SearchAlgorithms search, Workers workers) {
        this.search = search;
        this.workers = workers;
    }

    /** The whole page; to htmx only the part that a search changes, unless it is mending the browser's history. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(
            @Context UriInfo uri,
            @HeaderParam(HTMX) @Nullable String htmx,
            @HeaderParam("HX-History-Restore-Request") @Nullable String history) {
        SearchResults found = search.search(CatalogAddress.read(uri.getQueryParameters()));
        boolean partial = htmx != null && history == null;
        CatalogView catalog = new CatalogView(found, Door.of(found, workers), partial);
        return Response.ok(partial ? Templates.view$wall(catalog) : Templates.view(catalog))
                .header(HttpHeaders.VARY, HTMX)
                .build();
    }
}
