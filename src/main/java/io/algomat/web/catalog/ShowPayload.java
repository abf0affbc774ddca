package io.algomat.web.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.catalog.BytesFormat;
import io.algomat.platform.Payload;
import jakarta.inject.Singleton;

/** Payloads for reading: JSON indented, text as it is, pictures told from other bytes by their first ones. */
@Singleton
class ShowPayload {
    private final ObjectMapper json;

    ShowPayload(ObjectMapper json) {
        this.json = json;
    }

    String text(Payload payload) {
        return switch (payload.kind()) {
            case TEXT -> payload.utf8();
            case JSON -> indented(payload.utf8());
            case BINARY, VOID -> "";
        };
    }

    /** Long lists of numbers stay on one line: a vector is no poem. */
    private String indented(String text) {
        try {
            JsonNode tree = json.readTree(text);
            return text.length() > 2000
                            && tree.isArray()
                            && tree.size() > 0
                            && tree.get(0).isNumber()
                    ? tree.toString()
                    : json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
        } catch (JsonProcessingException _) {
            return text;
        }
    }

    static boolean isPicture(Payload payload) {
        return payload.kind() == Payload.Kind.BINARY
                && BytesFormat.of(payload.bytes()).picture();
    }

    static String contentType(Payload payload) {
        return switch (payload.kind()) {
            case TEXT -> "text/plain;charset=UTF-8";
            case JSON -> "application/json";
            case BINARY -> BytesFormat.of(payload.bytes()).contentType();
            case VOID -> BytesFormat.OTHER.contentType();
        };
    }
}
