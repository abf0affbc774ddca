package io.algomat.web.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a JSON Schema readable: each alternative a table, each property a row. What it does not know it leaves out. */
@Singleton
class ReadSchema {
    private final ObjectMapper json;

    ReadSchema(ObjectMapper json) {
        this.json = json;
    }

    List<SchemaTable> read(String schema) {
        try {
            JsonNode root = json.readTree(schema);
            for (String word : List.of("oneOf", "anyOf")) {
                if (root.path(word).isArray()) {
                    List<SchemaTable> tables = new ArrayList<>();
                    root.path(word).forEach(each -> tables.add(table(each)));
                    return tables;
                }
            }
            return List.of(table(root));
        } catch (JsonProcessingException _) {
            return List.of();
        }
    }

    private static SchemaTable table(JsonNode schema) {
        String title = schema.path("title").asText(schema.path("description").asText(""));
        JsonNode properties = schema.path("properties");
        if (!properties.isObject() || properties.isEmpty()) {
            return new SchemaTable(title, List.of(row("", schema, true)));
        }
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<SchemaTable.Row> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            rows.add(row(property.getKey(), property.getValue(), required.contains(property.getKey())));
        }
        return new SchemaTable(title, rows);
    }

    private static SchemaTable.Row row(String name, JsonNode schema, boolean required) {
        boolean file = schema.path("contentEncoding").asText().equals("base64");
        JsonNode standard = schema.path("default");
        return new SchemaTable.Row(
                name,
                file ? "bytes as base64" : type(schema),
                required,
                limits(schema),
                standard.isMissingNode() ? "" : standard.isTextual() ? standard.asText() : standard.toString(),
                schema.path("description").asText(""),
                file);
    }

    private static String type(JsonNode schema) {
        if (schema.has("enum")) {
            return "one of " + values(schema.path("enum"));
        }
        if (schema.has("const")) {
            return schema.path("const").toString();
        }
        JsonNode type = schema.path("type");
        if (schema.has("contentMediaType") && type.asText().equals("string")) {
            return "bytes";
        }
        if (type.isArray()) {
            return values(type).replace("\"", "").replace(", ", " or ");
        }
        if (type.asText().equals("array")) {
            JsonNode items = schema.path("items");
            return items.isObject() && !items.isEmpty() ? "list of " + type(items) : "list";
        }
        if (type.asText().equals("object") && schema.path("properties").isObject()) {
            return "object (" + String.join(", ", fieldNames(schema.path("properties"))) + ")";
        }
        return type.isMissingNode() ? "anything" : type.asText();
    }

    private static List<String> fieldNames(JsonNode properties) {
        return properties.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String values(JsonNode list) {
        return list.valueStream().map(JsonNode::toString).collect(Collectors.joining(", "));
    }

    private static String limits(JsonNode schema) {
        List<String> limits = new ArrayList<>();
        range(schema, "minimum", "maximum", "", limits);
        range(schema, "minLength", "maxLength", " characters", limits);
        range(schema, "minItems", "maxItems", " items", limits);
        if (schema.has("contentMediaType")) {
            limits.add("Type " + schema.path("contentMediaType").asText());
        }
        return String.join(", ", limits);
    }

    private static void range(JsonNode schema, String low, String high, String unit, List<String> into) {
        if (schema.has(low) && schema.has(high)) {
            String from = schema.path(low).asText();
            String to = schema.path(high).asText();
            into.add(from.equals(to) ? from + unit : from + " to " + to + unit);
        } else if (schema.has(low)) {
            into.add("at least " + schema.path(low).asText() + unit);
        } else if (schema.has(high)) {
            into.add("at most " + schema.path(high).asText() + unit);
        }
    }
}
