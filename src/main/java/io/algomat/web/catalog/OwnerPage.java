package io.algomat.web.catalog;

import io.algomat.accounts.Owners;
import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchAlgorithms;
import io.algomat.catalog.SearchQuery;
import io.algomat.catalog.SearchResults;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.workers.Workers;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** An owner's listed algorithms. Who has none has no page: it would tell strangers which accounts there are. */
@Path("/owners/{name}")
@RunOnVirtualThread
public class OwnerPage {
    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance view(
                Owners.OwnerView owner, SearchResults found, List<Door> doors, String search, String address);
    }

    private final Owners owners;
    private final SearchAlgorithms search;
    private final Workers workers;

    public OwnerPage(Owners owners, SearchAlgorithms search, Workers workers) {
        this.owners = owners;
        this.search = search;
        this.workers = workers;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance view(@RestPath String name, @RestQuery @DefaultValue("1") String page) {
        Owners.OwnerView owner = owners.byName(name).orElseThrow(() -> unknown(name));
        SearchQuery query = SearchQuery.EVERYTHING.with(new Facet.Value(Facet.OWNER, owner.name()));
        SearchResults found = search.search(query.at(CatalogAddress.number(page)));
        if (found.total() == 0) {
            throw unknown(name);
        }
        return Templates.view(
                owner, found, Door.of(found, workers), CatalogAddress.of(query), "/owners/" + owner.name());
    }

    private static Problem unknown(String name) {
        return Problem.of(ErrorCode.NOT_FOUND, "There is no owner " + name + " with public algorithms");
    }
}
