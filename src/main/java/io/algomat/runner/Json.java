package io.algomat.runner;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import org.jspecify.annotations.Nullable;

/** JSON of inputs, read strictly, with refusals that name the member. */
final class Json {
    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private Json() {}

    static JsonElement parse(String text) throws InputException {
        try {
            JsonElement parsed = GSON.fromJson(text, JsonElement.class);
            if (parsed != null) {
                return parsed;
            }
        } catch (JsonParseException e) {
            // Refused below: Gson's own words name its classes, which tell a caller nothing.
        }
        throw new InputException("The input is not valid JSON");
    }

    static JsonObject object(JsonElement element, String expected) throws InputException {
        if (!element.isJsonObject()) {
            throw new InputException("The input must be an object: " + expected);
        }
        return element.getAsJsonObject();
    }

    /** The text of a string element; null when it is anything else. */
    static @Nullable String string(@Nullable JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString() ? primitive.getAsString() : null;
    }

    static String write(JsonElement element) {
        return GSON.toJson(element);
    }
}
