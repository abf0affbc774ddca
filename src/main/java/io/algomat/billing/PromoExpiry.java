package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** When an owner's promo credit expires, if it is not used. */
@ApplicationScoped
public class PromoExpiry {
    /** The part that expires next. */
    public record Next(Instant at, Credits amount) {}

    private record Lot(Instant at, Credits amount) {}

    private static final String LOTS = """
            SELECT p.booked_at, l.amount
            FROM ledger_account a JOIN leg l ON l.account_id = a.id AND l.amount > 0
            JOIN posting p ON p.id = l.posting_id AND p.kind <> 'charge'
            WHERE a.owner_id = ? AND a.kind = 'promo' ORDER BY p.booked_at DESC, p.id DESC
            """;

    private final Sql sql;
    private final Balances balances;
    private final BillingConfig config;

    PromoExpiry(Sql sql, Balances balances, BillingConfig config) {
        this.sql = sql;
        this.balances = balances;
        this.config = config;
    }

    /** Empty when there is none, or when this site's promo credit does not expire. */
    public Optional<Next> next(long owner) {
        Credits left = balances.of(owner).promo();
        if (left.isZero() || config.promoExpiresAfter().isZero()) {
            return Optional.empty();
        }
        Next next = null;
        // The oldest is spent first, so what is left is the newest.
        for (Lot lot : sql.list(
                LOTS, row -> new Lot(Sql.time(row, "booked_at"), Credits.micro(row.getLong("amount"))), owner)) {
            if (left.isZero()) {
                break;
            }
            Credits part = left.min(lot.amount());
            left = left.minus(part);
            next = new Next(lot.at().plus(config.promoExpiresAfter()), part);
        }
        return Optional.ofNullable(next);
    }
}
