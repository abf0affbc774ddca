package io.algomat.web.catalog;

import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchAlgorithms;
import io.algomat.catalog.SearchResults;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Search for programs: the same parameters as the page's address. */
@Path("/api/algorithms")
@RunOnVirtualThread
public class SearchResource {
    /**
     * @param price about what a call costs, in credits
     * @param callsOthers whether what the algorithms that it calls cost comes on top
     */
    public record Item(
            String owner,
            String name,
            String title,
            String tagLine,
            String version,
            String price,
            double medianMs,
            long calls,
            boolean callsOthers) {}

    public record Value(String value, long algorithms) {}

    /**
     * @param atLeast whether total and counts are lower bounds, because more were found than are counted
     * @param corrected the words that were searched for instead of the ones given, or null
     */
    public record Found(
            List<Item> algorithms,
            long total,
            boolean atLeast,
            int page,
            long pages,
            @Nullable String corrected,
            @Nullable String suggestion,
            Map<String, List<Value>> facets) {}

    private final SearchAlgorithms search;

    public SearchResource(SearchAlgorithms search) {
        this.search = search;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Found search(@Context UriInfo uri) {
        SearchResults found = search.search(CatalogAddress.read(uri.getQueryParameters()));
        return new Found(
                found.cards().items().stream().map(SearchResource::item).toList(),
                found.total(),
                found.atLeast(),
                found.cards().number(),
                found.cards().pages(),
                found.corrected(),
                found.suggestion(),
                facets(found.counts()));
    }

    private static Item item(SearchResults.Card card) {
        return new Item(
                card.owner(),
                card.name(),
                card.title(),
                card.tagLine(),
                card.version(),
                card.about().toString(),
                card.medianMs(),
                card.calls(),
                card.callsOthers());
    }

    private static Map<String, List<Value>> facets(List<Facet.Count> counts) {
        Map<String, List<Value>> facets = new LinkedHashMap<>();
        for (Facet.Count count : counts) {
            facets.computeIfAbsent(count.value().facet().wire(), facet -> new ArrayList<>())
                    .add(new Value(count.value().value(), count.algorithms()));
        }
        return facets;
    }
}
