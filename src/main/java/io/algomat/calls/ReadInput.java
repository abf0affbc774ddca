package io.algomat.calls;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a call's input: bytes up to the limit, their kind by the content type, JSON and text checked once. */
@ApplicationScoped
public class ReadInput {
    private static final String EXPECTED =
            "expected text/plain, application/json or application/octet-stream (or image/*, audio/*, video/*)";
    private static final JsonFactory JSON = new JsonFactory();

    private final int maxBytes;

    ReadInput(CallsConfig config) {
        this.maxBytes = Math.toIntExact(config.maxInput().asLongValue());
    }

    /**
     * @param contentType the header as it came, or null for none
     * @throws Problem too-large, unsupported-type, or bad-request for what is not JSON or not UTF-8
     */
    public Payload read(@Nullable String contentType, InputStream body) {
        try {
            byte[] bytes = body.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                // A client that is cut off while it writes never reads the answer; the server's own limit ends this.
                body.transferTo(OutputStream.nullOutputStream());
                throw tooLarge();
            }
            return payload(contentType, bytes);
        } catch (IOException brokenOff) {
            throw Problem.of(ErrorCode.BAD_REQUEST, "The body broke off before its end");
        }
    }

    /** Refuses by the announced length, before a byte is read. @param length negative when none was announced */
    public void announced(long length) {
        if (length > maxBytes) {
            throw tooLarge();
        }
    }

    private Problem tooLarge() {
        return Problem.of(ErrorCode.TOO_LARGE, "The input is larger than " + maxBytes + " bytes")
                .with("limit", maxBytes);
    }

    private static Payload payload(@Nullable String contentType, byte[] bytes) {
        if (contentType == null) {
            return bytes.length == 0 ? new Payload(Payload.Kind.VOID, bytes) : unsupported("No Content-Type was given");
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json" -> json(bytes);
            case "text/plain", "application/text" -> text(bytes);
            case "application/octet-stream" -> Payload.binary(bytes);
            default -> {
                if (type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/")) {
                    yield Payload.binary(bytes);
                }
                yield bytes.length == 0
                        ? new Payload(Payload.Kind.VOID, bytes)
                        : unsupported("The content type '" + type + "' is not supported");
            }
        };
    }

    private static Payload unsupported(String what) {
        throw Problem.of(ErrorCode.UNSUPPORTED_TYPE, what + "; " + EXPECTED);
    }

    private static Payload text(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return new Payload(Payload.Kind.TEXT, bytes);
        } catch (CharacterCodingException broken) {
            throw Problem.of(ErrorCode.BAD_REQUEST, "The text is not UTF-8; send bytes as application/octet-stream");
        }
    }

    /** Walks over the tokens without building anything: exactly one value, and nothing behind it. */
    private static Payload json(byte[] bytes) {
        if (bytes.length == 0) {
            return new Payload(Payload.Kind.VOID, bytes);
        }
        if (!startsAsUtf8(bytes)) {
            throw notJson("it must be UTF-8 without a byte order mark", 1, 1);
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() == null) {
                throw notJson("it holds no value", 1, 1);
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw notJson("something follows the value", parser);
            }
            return new Payload(Payload.Kind.JSON, bytes);
        } catch (JsonProcessingException wrong) {
            var at = wrong.getLocation();
            throw notJson(
                    wrong.getOriginalMessage(), at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The parser would read UTF-16 and UTF-32 as well, but the bytes go to the worker as they are. */
    private static boolean startsAsUtf8(byte[] bytes) {
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        int first = bytes[0] & 0xFF;
        return first < 0xEF;
    }

    private static Problem notJson(String why, JsonParser parser) {
        return notJson(
                why,
                parser.currentTokenLocation().getLineNr(),
                parser.currentTokenLocation().getColumnNr());
    }

    private static Problem notJson(String why, int line, int column) {
        return Problem.of(
                ErrorCode.BAD_REQUEST, "The input is not JSON: line " + line + ", column " + column + ": " + why);
    }
}
