package io.algomat.web.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.platform.Payload;
import jakarta.inject.Singleton;
import java.util.Map;

/** Payloads for reading: JSON indented, text as it is, pictures told from other bytes by their first ones. */
@Singleton
class ShowPayload {
    private static final Map<String, String> PICTURES = Map.of(
            "\u0089PNG\r\n",
            "image/png",
            "\u00ff\u00d8\u00ff",
            "image/jpeg",
            "GIF8",
            "image/gif",
            "RIFF",
            "image/webp");

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
        return contentType(payload).startsWith("image/");
    }

    static String contentType(Payload payload) {
        return switch (payload.kind()) {
            case TEXT -> "text/plain;charset=UTF-8";
            case JSON -> "application/json";
            case VOID -> "application/octet-stream";
            case BINARY ->
                PICTURES.entrySet().stream()
                        .filter(picture -> startsWith(payload.bytes(), picture.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("application/octet-stream");
        };
    }

    private static boolean startsWith(byte[] bytes, String magic) {
        if (bytes.length < magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((bytes[i] & 0xFF) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
