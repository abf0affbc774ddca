package io.algomat.calls;

import io.algomat.billing.Terms;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Labels;
import io.algomat.platform.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a caller's terms as they came with the call, in headers or in the query. */
public final class ReadTerms {
    private static final int LONGEST_AMOUNT = 40;

    private ReadTerms() {}

    /**
     * @param maxCost the header {@code Max-Cost}, or null
     * @param labelHeaders every header {@code Labels}
     * @param labelQuery every query parameter {@code labels}
     * @throws Problem bad-request, saying what was expected
     */
    public static Terms of(@Nullable String maxCost, List<String> labelHeaders, List<String> labelQuery) {
        if (maxCost == null && labelHeaders.isEmpty() && labelQuery.isEmpty()) {
            return Terms.NONE;
        }
        Labels labels = Labels.parse(
                Stream.concat(labelHeaders.stream(), labelQuery.stream()).collect(Collectors.joining(",")));
        return new Terms(maxCost == null ? null : amount(maxCost.strip()), labels);
    }

    private static Credits amount(String text) {
        try {
            Credits amount = text.length() > LONGEST_AMOUNT ? null : Credits.parse(text);
            if (amount != null && !amount.isNegative()) {
                return amount;
            }
        } catch (IllegalArgumentException _) {
            // Told below, as for an amount that is negative.
        }
        String shown = text.length() <= LONGEST_AMOUNT ? text : text.substring(0, LONGEST_AMOUNT) + "…";
        throw Problem.of(
                ErrorCode.BAD_REQUEST,
                "Max-Cost: '" + shown
                        + "' is no amount of credits: expected a number such as 0.5, not below 0, with at most six"
                        + " decimal places");
    }
}
