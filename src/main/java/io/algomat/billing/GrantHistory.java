package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an owner's credit changed otherwise than by calls, newest first. */
@ApplicationScoped
public class GrantHistory {
    /**
     * @param kind the posting's
     * @param amount below zero where credit was taken
     * @param promo whether it is promo credit
     * @param reason what was said of it, or null
     */
    public record Grant(
            Instant at,
            String kind,
            Credits amount,
            boolean promo,
            @Nullable String reason) {}

    private static final String GRANTS = """
            SELECT p.booked_at, p.kind, p.memo, l.amount, a.kind AS account
            FROM ledger_account a JOIN leg l ON l.account_id = a.id JOIN posting p ON p.id = l.posting_id
            WHERE a.owner_id = ? AND a.kind IN ('promo', 'funded') AND p.kind <> 'charge'
            ORDER BY p.booked_at DESC, p.id DESC LIMIT 50
            """;

    private final Sql sql;

    GrantHistory(Sql sql) {
        this.sql = sql;
    }

    public List<Grant> of(long owner) {
        return sql.list(
                GRANTS,
                row -> new Grant(
                        Sql.time(row, "booked_at"),
                        row.getString("kind"),
                        Credits.micro(row.getLong("amount")),
                        row.getString("account").equals(AccountKind.PROMO.column()),
                        row.getString("memo")),
                owner);
    }
}
