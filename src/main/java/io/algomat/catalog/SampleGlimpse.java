package io.algomat.catalog;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The beginning of a sample's answer, short enough for a card. */
final class SampleGlimpse {
    private static final int LENGTH = 60;

    private SampleGlimpse() {}

    /** @param hex the answer's first bytes, or null when it is no text; a letter that they cut in two is dropped */
    static @Nullable String of(@Nullable String hex) {
        if (hex == null) {
            return null;
        }
        String text = new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8)
                .replace("\uFFFD", "")
                .replaceAll("\\s+", " ")
                .strip();
        int end = text.offsetByCodePoints(0, Math.min(LENGTH, text.codePointCount(0, text.length())));
        return text.isEmpty() ? null : end == text.length() ? text : text.substring(0, end).strip() + "…";
    }
}
