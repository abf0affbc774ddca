package io.algomat.web.catalog;

import io.algomat.catalog.Facet;
import io.algomat.catalog.SearchQuery;
import io.algomat.catalog.SearchSort;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            case DEVICE -> text.toUpperCase(Locale.ROOT);
            case PRICE -> PRICES.getOrDefault(text, text);
            case TAG, LICENCE, OWNER -> text;
        };
    }

    /** A search in a few words: what was typed, then its filters. */
    static String describe(SearchQuery query) {
        Stream<String> text = query.text().isEmpty() ? Stream.of() : Stream.of("“" + query.text() + "”");
        return Stream.concat(text, query.filters().stream().map(Words::of)).collect(Collectors.joining(", "));
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
