package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.KeysOf;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sets and removes limits of an account and of its keys. */
@ApplicationScoped
public class ChangeLimits {
    private final Sql sql;
    private final KeysOf keys;
    private final SpendLimits limits;
    private final SpendGuard guard;
    private final Audit audit;

    ChangeLimits(Sql sql, KeysOf keys, SpendLimits limits, SpendGuard guard, Audit audit) {
        this.sql = sql;
        this.keys = keys;
        this.limits = limits;
        this.guard = guard;
        this.audit = audit;
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
        // Forgotten only when it is committed: what is read again before that is the old one.
        QuarkusTransaction.requiringNew().run(() -> {
            String before = words(owner, limit -> Objects.equals(limit.keyId(), key) && limit.period() == period);
            sql.count(
                    "SELECT set_spend_limit(?, ?::bigint, ?, ?::bigint, ?::bigint)",
                    owner,
                    key,
                    period.wire(),
                    maxSpend == null ? null : maxSpend.micro(),
                    maxCalls);
            String after = new SpendLimit(0, key, period, maxSpend, maxCalls).words();
            audit.recordOf(owner, "limit.set", subject(owner, key), new Audit.Change(before, after));
        });
        guard.forget(owner);
    }

    private @Nullable String words(long owner, Predicate<SpendLimit> which) {
        return limits.of(owner).stream()
                .filter(which)
                .map(SpendLimit::words)
                .findFirst()
                .orElse(null);
    }

    private static String subject(long owner, @Nullable Long key) {
        return key == null ? "account:" + owner : "key:" + key;
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
        QuarkusTransaction.requiringNew().run(() -> {
            SpendLimit removed = limits.of(owner).stream()
                    .filter(mine -> mine.id() == limit)
                    .findFirst()
                    .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "You have no such limit"));
            sql.update("DELETE FROM spend_limit WHERE id = ? AND owner_id = ?", limit, owner);
            audit.recordOf(
                    owner, "limit.remove", subject(owner, removed.keyId()), new Audit.Change(removed.words(), null));
        });
        guard.forget(owner);
    }
}
