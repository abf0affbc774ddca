package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JSON Schema 2020-12 for schemas of strangers: nothing is fetched, patterns have a budget, and a schema that refers to
 * itself without end is a fault like any other.
 */
final class JsonSchemas {
    private static final String META = SpecificationVersion.DRAFT_2020_12.getDialectId();

    /** @param pointer to the value that is wrong, or that lacks something */
    record Fault(String pointer, String message) {}

    private JsonSchemas() {}

    /** What is wrong with a schema as such. */
    static List<Fault> checkSchema(JsonNode schema) {
        List<Fault> faults = new ArrayList<>(
                faults(registry().getSchema(SchemaLocation.of(META)).validate(schema)));
        checkReferences(schema, schema, "", faults);
        return faults.isEmpty() ? usable(schema) : faults;
    }

    /** References stay inside the schema and lead somewhere: a schema is whole, and nothing is fetched for it. */
    private static void checkReferences(JsonNode root, JsonNode node, String pointer, List<Fault> faults) {
        String reference = node.path("$ref").asText("#");
        if (!reference.startsWith("#")) {
            faults.add(
                    new Fault(pointer + "/$ref", "a $ref leads out of the schema; expected one that begins with '#'"));
        } else if (reference.startsWith("#/") && root.at(reference.substring(1)).isMissingNode()) {
            faults.add(new Fault(pointer + "/$ref", "the $ref '" + EntryNames.shown(reference) + "' leads nowhere"));
        }
        node.properties()
                .forEach(member -> checkReferences(
                        root, member.getValue(), pointer + "/" + LocatedYaml.escape(member.getKey()), faults));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkReferences(root, node.get(i), pointer + "/" + i, faults);
        }
    }

    /** What is wrong with a value by a schema. */
    static List<Fault> check(JsonNode schema, JsonNode value) {
        try {
            return faults(registry().getSchema(schema).validate(value));
        } catch (BoundedPattern.TooSlow e) {
            return List.of(new Fault("", "a pattern in the schema takes too long on this value"));
        } catch (SchemaException e) {
            return List.of(new Fault("", "the schema cannot be used: a $ref leads nowhere or a pattern is broken"));
        } catch (StackOverflowError e) {
            return List.of(new Fault("", "the schema refers to itself without end"));
        }
    }

    private static List<Fault> usable(JsonNode schema) {
        try {
            registry().getSchema(schema);
            return List.of();
        } catch (SchemaException e) {
            return List.of(new Fault("", "a pattern is broken, or its $schema is not 2020-12"));
        }
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .locale(Locale.ROOT)
                .regularExpressionFactory(BoundedPattern::new)
                .build();
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaRegistryConfig(config)
                        .schemaLoader(
                                loader -> loader.block(iri -> !iri.toString().startsWith("https://json-schema.org/"))));
    }

    private static List<Fault> faults(List<Error> errors) {
        return errors.stream().map(JsonSchemas::fault).distinct().toList();
    }

    private static Fault fault(Error error) {
        String pointer = error.getInstanceLocation().toString();
        JsonNode around = error.getSchemaNode();
        JsonNode value = error.getInstanceNode();
        return switch (error.getKeyword()) {
            case "additionalProperties", "unevaluatedProperties" ->
                new Fault(
                        pointer + "/" + LocatedYaml.escape(error.getProperty()),
                        "'" + error.getProperty() + "' is not known here");
            case "required" -> new Fault(pointer, "'" + error.getProperty() + "' is missing");
            case "enum" -> new Fault(pointer, quoted(value) + " is not one of " + words(around));
            case null, default -> new Fault(pointer, error.getMessage());
        };
    }

    private static String words(JsonNode allowed) {
        StringBuilder words = new StringBuilder();
        allowed.forEach(word -> words.append(words.isEmpty() ? "" : ", ").append(word.asText()));
        return words.toString();
    }

    private static String quoted(JsonNode value) {
        String text = value.isTextual() ? value.textValue() : value.toString();
        return "'" + EntryNames.shown(text) + "'";
    }
}
