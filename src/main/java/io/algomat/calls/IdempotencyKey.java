package io.algomat.calls;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Idempotency-Key}: a string in quotes, as the IETF's draft has it, or without, as most send it. */
public final class IdempotencyKey {
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private IdempotencyKey() {}

    /**
     * @return null when there is none
     * @throws Problem bad-request
     */
    public static @Nullable String read(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String key = QUOTED.matcher(header.strip()).replaceFirst("$1");
        if (!KEY.matcher(key).matches()) {
            throw Problem.of(
                    ErrorCode.BAD_REQUEST,
                    "The Idempotency-Key cannot be read: expected 1 to 255 printable ASCII characters without spaces,"
                            + " such as a UUID");
        }
        return key;
    }
}
