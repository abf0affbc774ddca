package io.algomat.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What was typed, in the ways in which it is searched for. PostgreSQL reads it by {@code websearch_to_tsquery}, to which
 * any text is a valid question; wherever else a query is put together, only letters and digits come through.
 */
record SearchWords(String typed) {
    private static final int MAX_WORDS = 8;
    private static final Pattern INNER_JOIN = Pattern.compile("(?<=[\\p{L}\\p{N}])[-_/.:]+(?=[\\p{L}\\p{N}])");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*");

    /** As names are indexed: object-detection and vision/object-detection are words beside each other. */
    String plain() {
        return INNER_JOIN.matcher(typed).replaceAll(" ");
    }

    List<String> words() {
        return Arrays.stream(NO_WORD.split(typed.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .limit(MAX_WORDS)
                .toList();
    }

    /** For {@code to_tsquery}: all words, the last of them perhaps not yet typed to its end. */
    Optional<String> begun() {
        List<String> words = words();
        return words.isEmpty() || words.getLast().length() < 2
                ? Optional.empty()
                : Optional.of(String.join(" & ", words) + ":*");
    }

    /** The entry that an algorithm of exactly this name has in its heading. */
    Optional<String> name() {
        String name = typed.toLowerCase(Locale.ROOT).replaceAll("\\s+", "-");
        return NAME.matcher(name).matches() ? Optional.of("'=" + name + "'") : Optional.empty();
    }
}
