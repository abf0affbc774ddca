package io.algomat.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells from the first bytes of a sample what a card can show of it. */
final class FirstBytes {
    private static final int LENGTH = 60;
    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{4,}(?:[eE][-+]?\\d+)?");
    private static final Pattern VECTOR = Pattern.compile("\\[+ ?((?:-?\\d[\\d.eE+-]*, ?){3})-?\\d.*");

    private FirstBytes() {}

    /** @param answer the first bytes of a text; a letter that was cut in two at their end is dropped */
    static SearchResults.Glimpse glimpse(byte[] input, byte[] answer) {
        String text = rounded(new String(answer, StandardCharsets.UTF_8)
                .replace("\uFFFD", "")
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip());
        Matcher vector = VECTOR.matcher(text);
        if (vector.matches()) {
            return new SearchResults.Glimpse(BytesFormat.of(input).picture(), threeOf(vector.group(1)));
        }
        int end = text.offsetByCodePoints(0, Math.min(LENGTH, text.codePointCount(0, text.length())));
        return new SearchResults.Glimpse(
                BytesFormat.of(input).picture(),
                end == text.length() ? text : text.substring(0, end).strip() + "…");
    }

    /** Three decimals are enough for a glance. */
    private static String rounded(String text) {
        return LONG_NUMBER
                .matcher(text)
                .replaceAll(number -> new BigDecimal(number.group())
                        .setScale(3, RoundingMode.HALF_UP)
                        .toPlainString());
    }

    private static String threeOf(String numbers) {
        return Arrays.stream(numbers.split(","))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .collect(Collectors.joining(", ", "[", ", …]"));
    }
}
