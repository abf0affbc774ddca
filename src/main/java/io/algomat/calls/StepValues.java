package io.algomat.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.algomat.catalog.Mapping;
import io.algomat.catalog.Pipeline;
import io.algomat.platform.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The values that a running pipeline has so far, and the values that it makes of them. Numbers keep every digit. */
final class StepValues {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    /** A value that cannot be made; {@code input} says whether what the caller sent is at fault. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;
        final boolean input;

        Missing(boolean input, String message) {
            super(message, null, false, false);
            this.input = input;
        }
    }

    private final Map<String, Payload> values;

    StepValues(Payload input) {
        this.values = new ConcurrentHashMap<>(Map.of(Pipeline.INPUT, input));
    }

    private StepValues(Map<String, Payload> values) {
        this.values = values;
    }

    void put(String step, Payload value) {
        values.put(step, value);
    }

    /** The same, at one item of a list. */
    StepValues at(JsonNode item) {
        Map<String, Payload> more = new HashMap<>(values);
        more.put(Pipeline.ITEM, payload(item));
        return new StepValues(more);
    }

    /** A whole value goes on as it came, bytes too; a text goes on as text. */
    Payload payload(Mapping mapping) throws Missing {
        return mapping instanceof Mapping.From from && from.part().matches() && values.containsKey(from.source())
                ? values.get(from.source())
                : payload(json(mapping));
    }

    /** @throws Missing when it is no list */
    JsonNode list(Mapping.From each) throws Missing {
        JsonNode list = json(each);
        if (!list.isArray()) {
            throw missing(each, "is no list");
        }
        return list;
    }

    /** A list of answers, in their order. */
    static Payload gathered(String step, List<Payload> answers) throws Missing {
        ArrayNode list = JSON.createArrayNode();
        for (Payload answer : answers) {
            list.add(json(step, answer));
        }
        return payload(list);
    }

    private JsonNode json(Mapping mapping) throws Missing {
        return switch (mapping) {
            case Mapping.Given given -> given.value();
            case Mapping.From from -> part(from);
            case Mapping.Members members -> {
                ObjectNode object = JSON.createObjectNode();
                for (Map.Entry<String, Mapping> member : members.members().entrySet()) {
                    object.set(member.getKey(), json(member.getValue()));
                }
                yield object;
            }
            case Mapping.Items items -> {
                ArrayNode list = JSON.createArrayNode();
                for (Mapping item : items.items()) {
                    list.add(json(item));
                }
                yield list;
            }
        };
    }

    private JsonNode part(Mapping.From from) throws Missing {
        Payload value = values.get(from.source());
        JsonNode found = value == null ? null : json(from.source(), value).at(from.part());
        if (found != null && !found.isMissingNode()) {
            return found;
        }
        if (from.otherwise() == null) {
            throw missing(from, "is not there");
        }
        return from.otherwise();
    }

    private static JsonNode json(String source, Payload value) throws Missing {
        boolean input = source.equals(Pipeline.INPUT);
        try {
            return switch (value.kind()) {
                case JSON -> JSON.readTree(value.bytes());
                case TEXT -> TextNode.valueOf(value.utf8());
                case VOID -> NullNode.instance;
                case BINARY ->
                    throw new Missing(
                            input, "/" + source + " is bytes: they can be passed on whole, but are no part of JSON");
            };
        } catch (JsonProcessingException broken) {
            throw new Missing(input, "/" + source + " says that it is JSON, but it is not");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Missing missing(Mapping.From from, String what) {
        return new Missing(from.source().equals(Pipeline.INPUT), from.pointer() + " " + what);
    }

    private static Payload payload(JsonNode value) {
        return value.isTextual() ? Payload.text(value.textValue()) : Payload.json(value.toString());
    }
}
