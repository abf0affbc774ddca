package io.algomat.web.catalog;

import io.algomat.catalog.SearchAlgorithms;
import io.algomat.catalog.SearchQuery;
import io.algomat.catalog.SearchResults;
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

    public CatalogPage(SearchAlgorithms search) {
        this.search = search;
    }

    /** The whole page; to htmx only the part that a search changes. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response view(@Context UriInfo uri, @HeaderParam(HTMX) @Nullable String htmx) {
        SearchQuery query = CatalogAddress.read(uri.getQueryParameters());
        SearchResults found = search.search(query);
        CatalogView catalog = new CatalogView(found, query.everything() && found.cards().total() == 0);
        return Response.ok(htmx == null ? Templates.view(catalog) : Templates.view$wall(catalog))
                .header(HttpHeaders.VARY, HTMX)
                .build();
    }
}
