package io.algomat.fronts.algorithmia;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The query of a call. Other parameters than these are ignored, as Algorithmia did.
 *
 * @param timeout null when the caller has no wish
 * @param stdout whether the publisher's own wants what the call wrote with the answer
 */
record AlgoOptions(@Nullable Duration timeout, boolean raw, boolean stdout) {
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(3000);

    static AlgoOptions parse(@Nullable String timeout, @Nullable String output, @Nullable String stdout) {
        return new AlgoOptions(
                timeout == null || timeout.isEmpty() ? null : timeout(timeout),
                raw(output),
                "true".equalsIgnoreCase(stdout));
    }

    private static boolean raw(@Nullable String output) {
        return switch (output == null ? "" : output.toLowerCase(Locale.ROOT)) {
            case "", "default" -> false;
            case "raw" -> true;
            case "void" ->
                throw Problem.of(
                        ErrorCode.BAD_REQUEST,
                        "output=void is not supported: calls are answered, not queued. Use output=default or output=raw");
            default ->
                throw Problem.of(
                        ErrorCode.BAD_REQUEST, "output='" + output + "' is not supported: expected default or raw");
        };
    }

    private static Duration timeout(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text.strip());
            if (seconds.signum() > 0) {
                return Duration.ofMillis(
                        Math.max(1, seconds.min(MOST_SECONDS).movePointRight(3).longValue()));
            }
        } catch (NumberFormatException _) {
            // Told below, as for a number that is not positive.
        }
        throw Problem.of(
                ErrorCode.BAD_REQUEST,
                "timeout='" + text + "' is not a time: expected seconds, more than 0, at most 3000");
    }
}
