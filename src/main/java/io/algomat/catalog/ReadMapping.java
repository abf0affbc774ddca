package io.algomat.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one mapping: {@code {from: /step/part}}, with or without {@code default}, is a value from elsewhere;
 * {@code {literal: …}} is taken as it stands; objects and lists are looked through; all else is itself.
 */
final class ReadMapping {
    private static final String FROM = "from";
    private static final String DEFAULT = "default";
    private static final String LITERAL = "literal";

    private final Set<String> sources;
    private final BiConsumer<String, String> fault;
    private final Set<String> used;

    /**
     * @param sources what a pointer may begin with, beside the pipeline's input
     * @param used takes in what pointers begin with
     */
    ReadMapping(Set<String> sources, BiConsumer<String, String> fault, Set<String> used) {
        this.sources = sources;
        this.fault = fault;
        this.used = used;
    }

    Mapping read(JsonNode node, String at) {
        if (node.isArray()) {
            return list(node, at);
        }
        if (!node.isObject()) {
            return new Mapping.Given(node);
        }
        if (node.size() == 1 && node.has(LITERAL)) {
            return new Mapping.Given(node.get(LITERAL));
        }
        if (node.has(FROM) && (node.size() == 1 || node.size() == 2 && node.has(DEFAULT))) {
            Mapping.From from = pointer(node.get(FROM), at + "/" + FROM);
            return node.has(DEFAULT) ? new Mapping.From(from.source(), from.part(), node.get(DEFAULT)) : from;
        }
        if (node.has(FROM)) {
            fault.accept(
                    at,
                    "Beside 'from' there is more than a 'default'; expected {from: /…}, {from: /…, default: …},"
                            + " or {literal: …} for an object that happens to have such a member");
        }
        Map<String, Mapping> members = new LinkedHashMap<>();
        node.properties()
                .forEach(member -> members.put(
                        member.getKey(), read(member.getValue(), at + "/" + LocatedYaml.escape(member.getKey()))));
        return new Mapping.Members(members);
    }

    private Mapping list(JsonNode node, String at) {
        List<Mapping> items = new ArrayList<>();
        for (JsonNode item : node) {
            items.add(read(item, at + "/" + items.size()));
        }
        return new Mapping.Items(items);
    }

    /** A pointer, whose first part names a step that came before, or the input. */
    Mapping.From pointer(JsonNode node, String at) {
        JsonPointer pointer = parsed(node);
        if (pointer == null || pointer.matches()) {
            fault.accept(
                    at,
                    "'" + EntryNames.shown(node.asText()) + "' is no JSON pointer; expected one such as /input/text");
            return new Mapping.From(Pipeline.INPUT, JsonPointer.empty(), NullNode.instance);
        }
        String source = pointer.getMatchingProperty();
        if (!source.equals(Pipeline.INPUT) && !sources.contains(source)) {
            fault.accept(at, unknown(node.asText(), source));
        }
        used.add(source);
        return new Mapping.From(source, pointer.tail(), null);
    }

    private String unknown(String pointer, String source) {
        String before = sources.isEmpty() ? "" : ", or with one of " + String.join(", ", sources);
        return "'" + EntryNames.shown(pointer) + "' begins with '" + EntryNames.shown(source)
                + "', which is not known here; expected it to begin with input" + before;
    }

    private static @Nullable JsonPointer parsed(JsonNode node) {
        try {
            return node.isTextual() ? JsonPointer.compile(node.textValue()) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
