package io.algomat.billing;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** What of a publisher's earnings can be paid out. */
@ApplicationScoped
public class Earnings {
    /**
     * @param matured can be paid out, what is owed already taken off
     * @param pending was earned too lately
     * @param unfunded was paid by callers from promo credit, and is not paid out
     * @param owed to the site, after refunds and charge-backs; taken from what has matured
     */
    public record View(Credits matured, Credits pending, Credits unfunded, Credits owed) {}

    /** What charges brought lately, less what was given back of those same charges. */
    private static final String PENDING = """
            SELECT coalesce((SELECT sum(l.amount) FROM ledger_account a JOIN leg l ON l.account_id = a.id
                             JOIN posting p ON p.id = l.posting_id
                             WHERE a.owner_id = ? AND a.kind = 'earnings' AND p.kind = 'charge' AND p.booked_at >= ?), 0)
                 - coalesce((SELECT sum(r.payable) FROM charge c JOIN refund r USING (call_id)
                             WHERE c.publisher_id = ? AND c.charged_at >= ?), 0) AS amount
            """;

    private static final String BALANCES = """
            SELECT coalesce(sum(balance) FILTER (WHERE kind = 'earnings'), 0) AS earnings,
                   coalesce(sum(balance) FILTER (WHERE kind = 'earnings_unfunded'), 0) AS unfunded,
                   coalesce(-sum(balance) FILTER (WHERE kind = 'receivable'), 0) AS owed
            FROM ledger_account WHERE owner_id = ?
            """;

    private final Snapshot snapshot;
    private final PayoutsConfig config;
    private final Clock clock;

    Earnings(Snapshot snapshot, PayoutsConfig config, Clock clock) {
        this.snapshot = snapshot;
        this.config = config;
        this.clock = clock;
    }

    public View of(long owner) {
        return snapshot.read(connection -> {
            Credits pending = pending(connection, owner, clock.instant().minus(config.maturity()));
            return Rows.first(
                            connection,
                            BALANCES,
                            row -> {
                                Credits owed = Credits.micro(row.getLong("owed"));
                                Credits earned = Credits.micro(row.getLong("earnings"));
                                Credits matured = matured(earned, pending);
                                return new View(
                                        matured.minus(owed.min(matured)),
                                        earned.minus(matured),
                                        Credits.micro(row.getLong("unfunded")),
                                        owed);
                            },
                            owner)
                    .orElseThrow();
        });
    }

    static Credits pending(Connection connection, long owner, Instant since) throws SQLException {
        return Rows.first(connection, PENDING, row -> Credits.micro(row.getLong("amount")), owner, since, owner, since)
                .orElse(Credits.ZERO);
    }

    static Credits matured(Credits earnings, Credits pending) {
        return earnings.minus(pending.min(earnings));
    }
}
