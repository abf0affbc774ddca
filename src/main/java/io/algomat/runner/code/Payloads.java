package io.algomat.runner.code;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import io.algomat.runner.InputException;
import io.algomat.runner.protocol.Kind;
import io.algomat.runner.protocol.Value;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Between payloads and Java's values, by Gson as Algorithmia did. */
final class Payloads {
    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Payloads() {}

    static JsonElement parse(String json) throws InputException {
        try {
            JsonElement parsed = STRICT.fromJson(json, JsonElement.class);
            if (parsed != null) {
                return parsed;
            }
        } catch (JsonParseException e) {
            // Refused below, in words that tell the caller something.
        }
        throw new InputException("The input is not valid JSON");
    }

    static @Nullable Object read(JsonElement json, Type type) throws InputException {
        try {
            return GSON.fromJson(json, type);
        } catch (JsonParseException | NumberFormatException e) {
            throw new InputException("The input does not fit " + type.getTypeName() + ": " + e.getMessage());
        }
    }

    static String quoted(String text) {
        return GSON.toJson(new JsonPrimitive(text));
    }

    /** A text, bytes, or JSON, by what it is. */
    static Value value(@Nullable Object output, boolean json) {
        return switch (output) {
            case byte[] bytes -> new Value(Kind.BINARY, bytes);
            case String text when json -> Value.json(text);
            case String text -> new Value(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8));
            case null, default -> Value.json(GSON.toJson(output));
        };
    }
}
