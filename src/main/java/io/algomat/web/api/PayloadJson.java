package io.algomat.web.api;

import com.fasterxml.jackson.databind.util.RawValue;
import io.algomat.platform.Payload;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An input or output of a sample.
 *
 * @param value a text, the JSON itself, bytes in base64, or null for nothing
 */
public record PayloadJson(String kind, @Nullable Object value) {
    static PayloadJson of(Payload payload) {
        Object value = switch (payload.kind()) {
            case TEXT -> payload.utf8();
            // Checked when it came out of the worker; it goes on as it is.
            case JSON -> new RawValue(payload.utf8());
            case BINARY -> Base64.getEncoder().encodeToString(payload.bytes());
            case VOID -> null;
        };
        return new PayloadJson(payload.kind().wire(), value);
    }
}
