package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Refusals of calls that would go beyond a limit which their caller has set. */
final class LimitReached {
    private LimitReached() {}

    static Problem spend(SpendLimit limit, Credits required, Credits used, Credits held, Instant now) {
        Credits most = limit.maxSpend() == null ? Credits.ZERO : limit.maxSpend();
        Credits left = most.minus(used).minus(held);
        Credits available = left.isNegative() ? Credits.ZERO : left;
        return said(
                Problem.of(
                                ErrorCode.SPEND_LIMIT,
                                "The limit of " + limit.words() + " for " + whose(limit) + " leaves " + available
                                        + " credits: " + used + " are spent and " + held
                                        + " set aside for running calls. This call sets aside up to " + required
                                        + "; Max-Cost would lower that. It was not charged." + until(limit, now))
                        .with("required", required.toString())
                        .with("available", available.toString())
                        .with("used", used.toString()),
                limit,
                now);
    }

    static Problem calls(SpendLimit limit, long used, long running, Instant now) {
        Problem problem = said(
                Problem.of(
                                ErrorCode.CALL_LIMIT,
                                "The limit of " + limit.words() + " for " + whose(limit) + " is used up: " + used
                                        + " calls were made and " + running + " are running." + until(limit, now))
                        .with("used", used),
                limit,
                now);
        Instant resets = limit.period().resets(now);
        return resets == null ? problem : problem.retryAfter(Duration.between(now, resets));
    }

    private static Problem said(Problem problem, SpendLimit limit, Instant now) {
        Instant resets = limit.period().resets(now);
        return problem.with("limit", limit.words() + " for " + whose(limit))
                .with("resets", resets == null ? "never" : resets.toString());
    }

    private static String whose(SpendLimit limit) {
        return limit.keyId() == null ? "this account" : "this API key";
    }

    private static String until(SpendLimit limit, Instant now) {
        Instant resets = limit.period().resets(now);
        return resets == null ? "" : " It counts anew from " + resets + ".";
    }

    /** What the ledger's refusal means, when it was for a limit: another gateway was first, or it was lowered meanwhile. */
    static @Nullable Problem of(SQLException refusal) {
        ServerErrorMessage message = refusal instanceof PSQLException said ? said.getServerErrorMessage() : null;
        return message != null && "spend_limit_kept".equals(message.getConstraint())
                ? Problem.of(
                        ErrorCode.SPEND_LIMIT,
                        "A limit of this account or key was used up while the call ran. It was not charged, and its"
                                + " answer is kept back.")
                : null;
    }
}
