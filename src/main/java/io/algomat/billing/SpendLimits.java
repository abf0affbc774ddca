package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of accounts and keys in the database, and what was used of them. */
@ApplicationScoped
public class SpendLimits {
    /**
     * A limit as its owner looks at it.
     *
     * @param keyName null for the whole account
     * @param resets null for never
     * @param alerts those of this period, such as {@code 85 % of the credits}
     */
    public record View(
            SpendLimit limit,
            @Nullable String keyName,
            Credits spent,
            long calls,
            @Nullable Instant resets,
            List<String> alerts) {
        /** The larger part that is used, in whole percent, not above 100. */
        public long percent() {
            Credits most = limit.maxSpend();
            Long mostCalls = limit.maxCalls();
            double credits = most == null || most.isZero() ? 0 : (double) spent.micro() / most.micro();
            double counted = mostCalls == null || mostCalls == 0 ? 0 : (double) calls / mostCalls;
            return Math.min(100, (long) (100 * Math.max(credits, counted)));
        }

        public boolean reached() {
            return percent() >= 100;
        }
    }

    private static final String OF = """
            SELECT id, key_id, period, max_spend, max_calls FROM spend_limit WHERE owner_id = ? ORDER BY id
            """;
    private static final String USED = "SELECT spent, calls FROM spend_count WHERE limit_id = ? AND period_start = ?";
    private static final String VIEWS = """
            SELECT l.*, k.name AS key_name, coalesce(c.spent, 0) AS spent, coalesce(c.calls, 0) AS calls,
                   ARRAY(SELECT a.percent || ' % of the ' || CASE a.what WHEN 'spend' THEN 'credits' ELSE 'calls' END
                         FROM spend_alert a WHERE a.limit_id = c.limit_id AND a.period_start = c.period_start
                         ORDER BY a.what, a.percent) AS alerts
            FROM spend_limit l
            LEFT JOIN api_key k ON k.id = l.key_id
            LEFT JOIN spend_count c ON c.limit_id = l.id AND c.period_start = spend_period_start(l.period, ?)
            WHERE l.owner_id = ? AND k.revoked_at IS NULL
            ORDER BY l.key_id NULLS FIRST, l.period
            """;

    private final Sql sql;
    private final Clock clock;

    SpendLimits(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    List<SpendLimit> of(long owner) {
        return sql.list(OF, SpendLimits::limit, owner);
    }

    LimitMeter.Used used(long limit, LocalDate start) {
        return sql.first(
                        USED,
                        row -> new LimitMeter.Used(Credits.micro(row.getLong("spent")), row.getLong("calls")),
                        limit,
                        start)
                .orElse(new LimitMeter.Used(Credits.ZERO, 0));
    }

    /** All of an owner's, those of the account first; of keys that are not revoked. */
    public List<View> views(long owner) {
        Instant now = clock.instant();
        return sql.list(VIEWS, row -> view(row, now), now, owner);
    }

    private static View view(ResultSet row, Instant now) throws SQLException {
        SpendLimit limit = limit(row);
        return new View(
                limit,
                row.getString("key_name"),
                Credits.micro(row.getLong("spent")),
                row.getLong("calls"),
                limit.period().resets(now),
                Arrays.asList((String[]) row.getArray("alerts").getArray()));
    }

    private static SpendLimit limit(ResultSet row) throws SQLException {
        Long spend = row.getObject("max_spend", Long.class);
        return new SpendLimit(
                row.getLong("id"),
                row.getObject("key_id", Long.class),
                LimitPeriod.of(row.getString("period")).orElseThrow(),
                spend == null ? null : Credits.micro(spend),
                row.getObject("max_calls", Long.class));
    }
}
