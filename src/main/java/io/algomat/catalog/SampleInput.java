package io.algomat.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.util.Locale;
import java.util.Optional;

/** A sample's input as it is sent to a worker: JSON, text, or a file's bytes. */
final class SampleInput {
    /** Larger ones would not pass through a call either. */
    static final int LARGEST = 10 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleInput() {}

    /** A text in the manifest is sent as text, any other value as JSON; files by their name's ending. */
    static Payload of(BundleFiles files, Manifest.Sample sample) {
        if (sample.fileName() != null) {
            return new Payload(kind(sample.fileName()), files.bytes(sample.fileName(), LARGEST));
        }
        JsonNode inline = parse(Manifest.FILE, String.valueOf(sample.inline()));
        return inline.isTextual() ? Payload.text(inline.textValue()) : Payload.json(inline.toString());
    }

    private static Payload.Kind kind(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".json")
                ? Payload.Kind.JSON
                : name.endsWith(".txt") ? Payload.Kind.TEXT : Payload.Kind.BINARY;
    }

    /** The payload as a value that a schema can judge; nothing for bytes, which no schema describes. */
    static Optional<JsonNode> judged(String file, Payload payload) {
        return switch (payload.kind()) {
            case JSON -> Optional.of(parse(file, payload.utf8()));
            case TEXT -> Optional.of(TextNode.valueOf(payload.utf8()));
            case VOID -> Optional.of(NullNode.instance);
            case BINARY -> Optional.empty();
        };
    }

    /** @throws Problem invalid, with the line where it stops being JSON */
    static JsonNode parse(String file, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw Problem.invalid(
                    file + ":" + e.getLocation().getLineNr(), "This is not JSON: " + firstLine(e.getOriginalMessage()));
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll(" *\\(.*", "");
    }
}
