package io.algomat.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a caller writes on a call to tell its own end users, features or jobs apart when it looks at what it spent:
 * {@code customer=acme, feature=search}. In the order of the keys.
 */
public record Labels(SortedMap<String, String> pairs) {
    public static final Labels NONE = new Labels(new TreeMap<>());
    public static final int MOST = 5;
    public static final int LONGEST_VALUE = 64;

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
    private static final ObjectMapper JSON = new ObjectMapper();

    public Labels {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /**
     * Reads {@code key=value} pairs with commas between them. A value may hold anything that can be read but a comma.
     *
     * @throws Problem bad-request, saying which pair is wrong and what is expected
     */
    public static Labels parse(String text) {
        SortedMap<String, String> pairs = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            if (!pair.isBlank()) {
                add(pairs, pair.strip());
            }
        }
        return pairs.isEmpty() ? NONE : new Labels(pairs);
    }

    private static void add(SortedMap<String, String> pairs, String pair) {
        int sign = pair.indexOf('=');
        String key = sign < 0 ? "" : pair.substring(0, sign).strip();
        String value = pair.substring(sign + 1).strip();
        if (!KEY.matcher(key).matches()) {
            throw wrong(
                    pair, "expected key=value, with a key of up to 32 of a-z, 0-9, _ and - that begins with a letter");
        }
        if (value.isEmpty()
                || value.codePointCount(0, value.length()) > LONGEST_VALUE
                || !value.codePoints().allMatch(Labels::readable)) {
            throw wrong(pair, "expected a value of 1 to " + LONGEST_VALUE + " characters without control characters");
        }
        if (pairs.putIfAbsent(key, value) != null) {
            throw wrong(pair, "the key '" + key + "' is there twice");
        }
        if (pairs.size() > MOST) {
            throw wrong(pair, "a call has at most " + MOST + " labels");
        }
    }

    private static boolean readable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static Problem wrong(String pair, String why) {
        String shown = pair.length() <= 100 ? pair : pair.substring(0, 100) + "…";
        return Problem.of(ErrorCode.BAD_REQUEST, "The label '" + shown + "' cannot be read: " + why);
    }

    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** As the database keeps them. */
    public String json() {
        try {
            return pairs.isEmpty() ? "{}" : JSON.writeValueAsString(pairs);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Reads what {@link #json} wrote. */
    public static Labels ofJson(String json) {
        try {
            Map<String, String> pairs = JSON.readValue(json, new TypeReference<>() {});
            return pairs.isEmpty() ? NONE : new Labels(new TreeMap<>(pairs));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #parse} reads them. */
    @Override
    public String toString() {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining(", "));
    }
}
