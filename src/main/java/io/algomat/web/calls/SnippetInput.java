package io.algomat.web.calls;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.algomat.platform.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The input as code carries it: written out, or read from a file of the reader's.
 *
 * @param text the value, or null when it comes from a file
 * @param file the file's name; empty when the value is written out
 */
record SnippetInput(String contentType, @Nullable String text, String file) {
    /** Longer values would bury the code around them. */
    private static final int LONGEST = 2_000;

    static SnippetInput of(Payload input, @Nullable String fileName) {
        return switch (input.kind()) {
            case TEXT -> written("text/plain", input.utf8(), named(fileName, "input.txt"));
            case JSON -> written("application/json", input.utf8(), named(fileName, "input.json"));
            case BINARY -> new SnippetInput("application/octet-stream", null, named(fileName, "input.bin"));
            case VOID -> new SnippetInput("application/json", "null", "");
        };
    }

    private static SnippetInput written(String contentType, String text, String file) {
        boolean fits = text.length() <= LONGEST && text.indexOf('\0') < 0;
        return new SnippetInput(contentType, fits ? text : null, fits ? "" : file);
    }

    private static String named(@Nullable String fileName, String otherwise) {
        return fileName == null || fileName.isBlank() ? otherwise : fileName.substring(fileName.lastIndexOf('/') + 1);
    }

    /** A string literal with quotes that means the same in Java, Python, JavaScript and JSON. */
    static String literal(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** One word of a POSIX shell. */
    static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
