package io.algomat.web.publishing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.catalog.Manifest;

/**
 * A sample's input as a form shows it.
 *
 * @param kind {@code text}, {@code json} or {@code binary}
 * @param text empty for a file, which its reader has to choose
 */
public record FirstInput(String kind, String text) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static FirstInput of(Manifest.Sample sample) {
        if (sample.inline() == null) {
            return new FirstInput("binary", "");
        }
        try {
            JsonNode value = JSON.readTree(sample.inline());
            return value.isTextual()
                    ? new FirstInput("text", value.textValue())
                    : new FirstInput("json", value.toPrettyString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest's value is JSON when it has been read", e);
        }
    }
}
