package io.algomat.runner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.algomat.runner.protocol.Value;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How every task takes a file: its bytes, the same in base64, or JSON with the base64 in one member and settings of this
 * one call in others.
 *
 * @param settings the object's other members; empty for bare bytes
 */
record FileInput(byte[] bytes, JsonObject settings) {

    /** @param expected for refusals: what the task takes, as a whole sentence part */
    static FileInput read(Value input, String member, String expected) throws InputException {
        return switch (input.kind()) {
            case BINARY -> new FileInput(input.bytes(), new JsonObject());
            case JSON -> {
                JsonElement json = Json.parse(input.utf8());
                String bare = Json.string(json);
                JsonObject object = bare == null ? Json.object(json, expected) : new JsonObject();
                String text = bare == null ? Json.string(object.get(member)) : bare;
                if (text == null) {
                    throw new InputException("The member '" + member + "' is missing or no string: " + expected);
                }
                yield new FileInput(base64(text, expected), object);
            }
            case TEXT -> new FileInput(base64(input.utf8(), expected), new JsonObject());
            case VOID -> throw new InputException("The input is empty: " + expected);
        };
    }

    /** A number among the settings. */
    double number(String member, double otherwise, double least, double most) throws InputException {
        @Nullable JsonElement element = settings.get(member);
        if (element == null || element.isJsonNull()) {
            return otherwise;
        }
        if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double number = primitive.getAsDouble();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new InputException("The member '" + member + "' is " + element + ": expected a number from "
                + plain(least) + " to " + plain(most));
    }

    boolean flag(String member, boolean otherwise) throws InputException {
        @Nullable JsonElement element = settings.get(member);
        if (element == null || element.isJsonNull()) {
            return otherwise;
        }
        if (element instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw new InputException("The member '" + member + "' is " + element + ": expected true or false");
    }

    /** A data URL is taken too, since that is what browsers make of a file. */
    private static byte[] base64(String text, String expected) throws InputException {
        String bare = text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text;
        try {
            return Base64.getMimeDecoder().decode(bare);
        } catch (IllegalArgumentException e) {
            throw new InputException("The file is not valid base64: " + expected);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
