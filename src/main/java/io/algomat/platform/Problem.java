package io.algomat.platform;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure that its reader can act on. The detail says what was wrong and what was expected; it is shown to
 * callers as it is, so it never holds an inner exception's message. Each front renders it in its own protocol.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One wrong field: {@code where} names it (form field, JSON pointer, or {@code file:line}). */
    public record FieldError(String where, String message) {}

    private final ErrorCode code;
    private final String detail;
    private final transient List<FieldError> errors;
    private final transient Map<String, Object> extra;
    private final @Nullable Duration retryAfter;

    private Problem(
            ErrorCode code,
            String detail,
            List<FieldError> errors,
            Map<String, Object> extra,
            @Nullable Duration retryAfter) {
        super(code.slug() + ": " + detail, null, false, code.status() >= 500);
        this.code = code;
        this.detail = detail;
        this.errors = List.copyOf(errors);
        this.extra = Map.copyOf(extra);
        this.retryAfter = retryAfter;
    }

    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, List.of(), Map.of(), null);
    }

    public static Problem invalid(String detail, List<FieldError> errors) {
        return new Problem(ErrorCode.INVALID, detail, errors, Map.of(), null);
    }

    public static Problem invalid(String where, String message) {
        return invalid(message, List.of(new FieldError(where, message)));
    }

    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extra);
        more.put(name, value);
        return new Problem(code, detail, errors, more, retryAfter);
    }

    /** The same refusal in other words, such as with the place where it happened. */
    public Problem saying(String words) {
        return new Problem(code, words, errors, extra, retryAfter);
    }

    public Problem retryAfter(Duration wait) {
        return new Problem(code, detail, errors, extra, wait);
    }

    public ErrorCode code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** What is wrong with each field, for a form; the order is that of the faults. */
    public Map<String, String> messages() {
        Map<String, String> messages = new LinkedHashMap<>();
        errors.forEach(error -> messages.merge(error.where(), error.message(), (one, other) -> one + " " + other));
        return messages;
    }

    /** Further members of the problem document, such as {@code required} and {@code available} of a 402. */
    public Map<String, Object> extra() {
        return extra;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
