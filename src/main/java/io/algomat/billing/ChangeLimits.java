package io.algomat.billing;

import io.algomat.accounts.KeysOf;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sets and removes limits of an account and of its keys. */
@ApplicationScoped
public class ChangeLimits {
    private final Sql sql;
    private final KeysOf keys;
    private final SpendLimits limits;
    private final SpendGuard guard;

    ChangeLimits(Sql sql, KeysOf keys, SpendLimits limits, SpendGuard guard) {
        this.sql = sql;
        this.keys = keys;
        this.limits = limits;
        this.guard = guard;
    }

    /**
     * Sets a limit, in the place of one for the same key and period. What was spent in the period before counts.
     *
     * @param key null for the whole account
     * @throws Problem not-found for a key that is not the owner's; invalid for neither credits nor calls, or below 0
     */
    public void set(
            long owner, @Nullable Long key, LimitPeriod period, @Nullable Credits maxSpend, @Nullable Long maxCalls) {
        if (maxSpend == null && maxCalls == null) {
            throw Problem.invalid("maxSpend", "Give a number of credits, of calls, or both");
        }
        if (maxSpend != null && maxSpend.isNegative()) {
            throw Problem.invalid("maxSpend", "Expected credits of 0 or more");
        }
        if (maxCalls != null && maxCalls < 0) {
            throw Problem.invalid("maxCalls", "Expected a number of calls, 0 or more");
        }
        if (key != null && keys.owner(owner).stream().noneMatch(mine -> mine.id() == key)) {
            throw Problem.of(ErrorCode.NOT_FOUND, "You have no such key, or it is revoked");
        }
        sql.count(
                "SELECT set_spend_limit(?, ?::bigint, ?, ?::bigint, ?::bigint)",
                owner,
                key,
                period.wire(),
                maxSpend == null ? null : maxSpend.micro(),
                maxCalls);
        guard.forget(owner);
    }

    /**
     * As {@link #set}, for a key: what holds a program back must not be loosened by that program.
     *
     * @throws Problem also forbidden, where the limit would be raised or a part of it go
     */
    public void tighten(
            long owner, @Nullable Long key, LimitPeriod period, @Nullable Credits maxSpend, @Nullable Long maxCalls) {
        for (SpendLimit limit : limits.of(owner)) {
            if (Objects.equals(limit.keyId(), key) && limit.period() == period && looser(limit, maxSpend, maxCalls)) {
                throw Problem.of(
                        ErrorCode.FORBIDDEN,
                        "There is a limit of " + limit.words()
                                + "; a key may set limits and lower them, and its owner may raise and remove them on the"
                                + " pages");
            }
        }
        set(owner, key, period, maxSpend, maxCalls);
    }

    private static boolean looser(SpendLimit limit, @Nullable Credits maxSpend, @Nullable Long maxCalls) {
        Credits spend = limit.maxSpend();
        Long calls = limit.maxCalls();
        return spend != null && (maxSpend == null || maxSpend.compareTo(spend) > 0)
                || calls != null && (maxCalls == null || maxCalls > calls);
    }

    /** @throws Problem not-found, also for a limit of somebody else's */
    public void remove(long owner, long limit) {
        if (sql.update("DELETE FROM spend_limit WHERE id = ? AND owner_id = ?", limit, owner) == 0) {
            throw Problem.of(ErrorCode.NOT_FOUND, "You have no such limit");
        }
        guard.forget(owner);
    }
}
