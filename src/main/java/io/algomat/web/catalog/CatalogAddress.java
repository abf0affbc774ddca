package io.algomat.web.catalog;

import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchQuery;
import io.algomat.catalog.SearchSort;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A search as an address, and back: {@code /algorithms?q=…&category=…&sort=…&page=…}. */
final class CatalogAddress {
    static final String PATH = "/algorithms";

    private CatalogAddress() {}

    static SearchQuery read(MultivaluedMap<String, String> parameters) {
        Set<Facet.Value> filters = new LinkedHashSet<>();
        for (Facet facet : Facet.values()) {
            for (String value : parameters.getOrDefault(facet.wire(), List.of())) {
                filters.add(new Facet.Value(facet, value));
            }
        }
        return new SearchQuery(
                first(parameters, "q"),
                filters,
                SearchSort.of(first(parameters, "sort")).orElse(null),
                number(first(parameters, "page")));
    }

    static String of(SearchQuery query) {
        List<String> parameters = new ArrayList<>();
        if (!query.text().isEmpty()) {
            parameters.add("q=" + encoded(query.text()));
        }
        for (Facet.Value filter : query.filters()) {
            parameters.add(filter.facet().wire() + "=" + encoded(filter.value()));
        }
        if (query.asked() != null) {
            parameters.add("sort=" + query.asked().wire());
        }
        if (query.page() > 1) {
            parameters.add("page=" + query.page());
        }
        return parameters.isEmpty() ? PATH : PATH + "?" + String.join("&", parameters);
    }

    private static String first(MultivaluedMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null ? "" : value;
    }

    static int number(String text) {
        try {
            return text.isEmpty() ? 1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
