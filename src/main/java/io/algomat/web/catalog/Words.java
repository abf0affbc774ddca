package io.algomat.web.catalog;

import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchSort;
import java.util.Map;

/** What the catalogue's orders, facets and their values are called on pages. */
final class Words {
    private static final Map<String, String> RUNTIMES = Map.of(
            "djl", "Model, no code", "python", "Python", "node", "JavaScript", "java", "Java", "pipeline", "Pipeline");
    private static final Map<String, String> PRICES = Map.of("free", "No royalty", "paid", "With a royalty");

    private Words() {}

    static String of(SearchSort sort) {
        return switch (sort) {
            case RELEVANCE -> "Best match";
            case POPULAR -> "Most called";
            case NEWEST -> "Newest";
            case FASTEST -> "Fastest";
            case PRICE -> "Cheapest";
        };
    }

    static String of(Facet facet) {
        return switch (facet) {
            case CATEGORY -> "Category";
            case RUNTIME -> "Written as";
            case DEVICE -> "Runs on";
            case PRICE -> "Price";
            case TASK -> "Task";
            case TAG -> "Tag";
            case LICENCE -> "Licence";
            case OWNER -> "Owner";
        };
    }

    static String of(Facet.Value value) {
        String text = value.value();
        return switch (value.facet()) {
            case CATEGORY, TASK -> capital(text.replace('-', ' '));
            case RUNTIME -> RUNTIMES.getOrDefault(text, text);
            case DEVICE -> text.toUpperCase(java.util.Locale.ROOT);
            case PRICE -> PRICES.getOrDefault(text, text);
            case TAG, LICENCE, OWNER -> text;
        };
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
