package io.algomat.fronts.algorithmia;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.workers.WorkerOutcome.Failed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Algorithmia's bodies, byte for byte in its order of keys, put around the algorithm's own bytes. */
final class AnswerBody {
    /** Problems whose further members a caller needs to act on. */
    private static final Set<ErrorCode> TOLD =
            Set.of(ErrorCode.PAYMENT_REQUIRED, ErrorCode.SPEND_LIMIT, ErrorCode.CALL_LIMIT, ErrorCode.ANSWER_GONE);

    private static final byte[] NULL = ascii("null");

    private AnswerBody() {}

    /** @param stdout what the call wrote, or null where that was not asked for or is not the caller's to see */
    static byte[] success(Payload output, long computeNanos, List<String> alerts, @Nullable String stdout) {
        String more = alerts.isEmpty()
                ? ""
                : alerts.stream().map(AnswerBody::quoted).collect(Collectors.joining(",", ",\"alerts\":[", "]"));
        return joined(
                ascii("{\"result\":"),
                result(output),
                utf8(",\"metadata\":{\"content_type\":\"" + output.kind().wire() + "\",\"duration\":"
                        + seconds(computeNanos) + stdout(stdout) + more + "}}"));
    }

    private static byte[] result(Payload output) {
        return switch (output.kind()) {
            case JSON -> output.bytes();
            case TEXT -> utf8(quoted(output.utf8()));
            case BINARY -> joined(ascii("\""), Base64.getEncoder().encode(output.bytes()), ascii("\""));
            case VOID -> NULL;
        };
    }

    private static String stdout(@Nullable String stdout) {
        return stdout == null ? "" : ",\"stdout\":" + quoted(stdout);
    }

    /** @param toPublisher whether the stack trace may be shown */
    static byte[] failure(Failed failed, boolean toPublisher, long nanos, @Nullable String stdout) {
        String trace =
                failed.stacktrace() != null && toPublisher ? ",\"stacktrace\":" + quoted(failed.stacktrace()) : "";
        return utf8(
                "{\"error\":{\"message\":" + quoted(failed.message()) + ",\"error_type\":" + quoted(failed.errorType())
                        + trace + "},\"metadata\":{\"duration\":" + seconds(nanos) + stdout(stdout) + "}}");
    }

    static byte[] problem(Problem problem) {
        StringBuilder body = new StringBuilder("{\"error\":{\"message\":").append(quoted(message(problem)));
        String type = errorType(problem.code());
        if (!type.isEmpty()) {
            body.append(",\"error_type\":").append(quoted(type));
        }
        if (TOLD.contains(problem.code())) {
            problem.extra()
                    .forEach((name, value) ->
                            body.append(',').append(quoted(name)).append(':').append(quoted(value.toString())));
        }
        return utf8(body.append("}}").toString());
    }

    /** Clients compare this one text. */
    private static String message(Problem problem) {
        return problem.code() == ErrorCode.UNAUTHORIZED ? "authorization required" : problem.detail();
    }

    /** Empty where Algorithmia sent a message alone. */
    private static String errorType(ErrorCode code) {
        return switch (code) {
            case PAYMENT_REQUIRED, SPEND_LIMIT -> "PaymentRequiredError";
            case TOO_LARGE -> "TooLargeError";
            case UNSUPPORTED_TYPE -> "UnsupportedError";
            case BAD_REQUEST, INVALID, KEY_REUSED -> "InputError";
            case TIMEOUT -> "TimeoutError";
            case INTERNAL,
                    WORKER_LOST,
                    OVERLOADED,
                    SANDBOX_UNAVAILABLE,
                    DEVICE_UNAVAILABLE,
                    DATABASE_AWAY,
                    PROVIDER_AWAY,
                    CHARGE_UNCONFIRMED -> "SystemError";
            case UNAUTHORIZED,
                    TOKEN_REFUSED,
                    FORBIDDEN,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    CONFLICT,
                    STILL_RUNNING,
                    ANSWER_GONE,
                    CALL_LIMIT,
                    RATE_LIMITED -> "";
        };
    }

    /** Never 0, which clients take for an error: at least a microsecond. */
    private static String seconds(long nanos) {
        return BigDecimal.valueOf(Math.max(1_000, nanos), 9)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
