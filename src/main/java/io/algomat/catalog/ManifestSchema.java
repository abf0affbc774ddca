package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The committed JSON Schema of {@code algomat.yaml}; its descriptions say what is expected at each place. */
public final class ManifestSchema {
    private static final JsonNode SCHEMA = read();
    /** What an owner may edit on the page of an algorithm after it was published. */
    private static final List<String> PAGE_TEXTS = List.of("title", "tag_line", "categories", "tags", "licence");

    private ManifestSchema() {}

    /** The categories that the site knows, in the order in which forms show them. */
    public static List<String> categories() {
        List<String> categories = new ArrayList<>();
        SCHEMA.at("/properties/categories/items/enum").forEach(category -> categories.add(category.asText()));
        return categories;
    }

    static List<JsonSchemas.Fault> faults(JsonNode manifest) {
        return faults(SCHEMA, manifest);
    }

    /** By the same rules as in a manifest. */
    static List<JsonSchemas.Fault> faultsOfPageTexts(JsonNode texts) {
        ObjectNode part = SCHEMA.deepCopy();
        part.remove("required");
        ((ObjectNode) part.get("properties")).retain(PAGE_TEXTS);
        return faults(part, texts);
    }

    private static List<JsonSchemas.Fault> faults(JsonNode schema, JsonNode value) {
        return JsonSchemas.check(schema, value).stream()
                .map(fault -> new JsonSchemas.Fault(fault.pointer(), message(fault)))
                .toList();
    }

    /** The validator's words, with what the schema's author says is expected at that place. */
    private static String message(JsonSchemas.Fault fault) {
        String expected = expected(fault.pointer());
        String message = fault.message();
        if (expected.isEmpty() || message.endsWith("is missing") || message.contains(" is not one of ")) {
            return message;
        }
        String what = message.startsWith("does not match the regex pattern") ? "has another form" : message;
        return what + "; expected " + expected;
    }

    private static String expected(String pointer) {
        if (pointer.isEmpty()) {
            return "";
        }
        JsonNode at = SCHEMA;
        for (String part : pointer.substring(1).split("/")) {
            JsonNode member = at.path("properties").path(part);
            JsonNode inside = member.isMissingNode() ? at.path("items") : member;
            at = inside.isMissingNode() ? at.path("additionalProperties") : inside;
        }
        return at.path("description").asText();
    }

    private static JsonNode read() {
        try (InputStream in = ManifestSchema.class.getResourceAsStream("/schema/manifest.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, "the manifest's schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
