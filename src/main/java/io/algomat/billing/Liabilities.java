package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** What the site owes all owners together, as of now. */
@ApplicationScoped
public class Liabilities {
    private static final String SUMS = """
            SELECT coalesce(sum(balance) FILTER (WHERE kind = 'funded'), 0) AS funded,
                   coalesce(sum(balance) FILTER (WHERE kind = 'promo'), 0) AS promo,
                   coalesce(sum(balance) FILTER (WHERE kind = 'earnings'), 0) AS earnings,
                   coalesce(sum(balance) FILTER (WHERE kind = 'earnings_unfunded'), 0) AS unfunded
            FROM ledger_account
            """;

    /**
     * @param funded credit that was paid for and not spent
     * @param promo credit that was given and not spent
     * @param earnings royalties that may be paid out and were not
     * @param unfunded royalties from promo credit, which are not paid out
     */
    public record Owed(Credits funded, Credits promo, Credits earnings, Credits unfunded) {
        /** What could be asked for in money. */
        public Credits payable() {
            return funded.plus(earnings);
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
                                Credits.micro(row.getLong("unfunded"))))
                .orElse(new Owed(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO));
    }
}
