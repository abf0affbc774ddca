package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** What the site owes all owners together, and what they owe it, as of now. */
@ApplicationScoped
public class Liabilities {
    private static final String SUMS = """
            SELECT coalesce(sum(balance) FILTER (WHERE kind = 'funded'), 0) AS funded,
                   coalesce(sum(balance) FILTER (WHERE kind = 'promo'), 0) AS promo,
                   coalesce(sum(balance) FILTER (WHERE kind = 'earnings'), 0) AS earnings,
                   coalesce(sum(balance) FILTER (WHERE kind = 'earnings_unfunded'), 0) AS unfunded,
                   coalesce(-sum(balance) FILTER (WHERE kind = 'receivable'), 0) AS receivable,
                   (SELECT coalesce(sum(l.amount), 0) FROM leg l
                    WHERE l.account_id = (SELECT id FROM ledger_account WHERE kind = 'payout_open')) AS payouts
            FROM ledger_account
            """;

    /**
     * @param funded credit that was paid for and not spent
     * @param promo credit that was given and not spent
     * @param earnings royalties that may be paid out and were not
     * @param unfunded royalties from promo credit, which are not paid out
     * @param payouts taken from earnings and not settled yet: asked for, approved or sent
     * @param receivable what owners owe the site, after refunds and charge-backs that found too little to take back
     */
    public record Owed(
            Credits funded, Credits promo, Credits earnings, Credits unfunded, Credits payouts, Credits receivable) {
        /** What could be asked for in money. What is owed to the site is not taken off: it is not of the same owners. */
        public Credits payable() {
            return funded.plus(earnings).plus(payouts);
        }
    }

    private final Sql sql;

    Liabilities(Sql sql) {
        this.sql = sql;
    }

    public Owed now() {
        return sql.first(
                        SUMS,
                        row -> new Owed(
                                Credits.micro(row.getLong("funded")),
                                Credits.micro(row.getLong("promo")),
                                Credits.micro(row.getLong("earnings")),
                                Credits.micro(row.getLong("unfunded")),
                                Credits.micro(row.getLong("payouts")),
                                Credits.micro(row.getLong("receivable"))))
                .orElseThrow();
    }
}
