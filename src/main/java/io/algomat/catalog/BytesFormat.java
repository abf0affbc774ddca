package io.algomat.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What bytes are that a browser can show, told by how they begin; nothing is taken on trust from a name. */
public enum BytesFormat {
    PNG("image/png", "\u0089PNG\r\n", ""),
    JPEG("image/jpeg", "\u00ff\u00d8\u00ff", ""),
    GIF("image/gif", "GIF8", ""),
    WEBP("image/webp", "RIFF", "WEBP"),
    WAV("audio/wav", "RIFF", "WAVE"),
    OTHER("application/octet-stream", "", "");

    private static final int SECOND = 8;

    private final String contentType;
    private final byte[] first;
    private final byte[] second;

    BytesFormat(String contentType, String first, String second) {
        this.contentType = contentType;
        this.first = first.getBytes(StandardCharsets.ISO_8859_1);
        this.second = second.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** @param bytes all of them, or the beginning */
    public static BytesFormat of(byte[] bytes) {
        return Arrays.stream(values())
                .filter(format -> at(bytes, 0, format.first) && at(bytes, SECOND, format.second))
                .findFirst()
                .orElse(OTHER);
    }

    private static boolean at(byte[] bytes, int begin, byte[] word) {
        int end = begin + word.length;
        return word.length == 0 || bytes.length >= end && Arrays.equals(bytes, begin, end, word, 0, word.length);
    }

    public boolean picture() {
        return contentType.startsWith("image/");
    }

    public String contentType() {
        return contentType;
    }
}
