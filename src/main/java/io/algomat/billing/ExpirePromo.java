package io.algomat.billing;

import io.algomat.platform.Credits;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Takes promo credit back that nobody used for too long. The oldest is spent first: what is left beyond all that came in
 * since, has expired. The visitors' allowance is left alone; it is no more than a day's.
 */
@ApplicationScoped
class ExpirePromo {
    private static final Logger LOG = Logger.getLogger(ExpirePromo.class);

    /** What came into accounts of promo credit since then, calls apart. */
    private static final String FRESH = """
            SELECT l.account_id, sum(l.amount) AS amount
            FROM posting p JOIN leg l ON l.posting_id = p.id AND l.amount > 0
            JOIN ledger_account f ON f.id = l.account_id AND f.kind = 'promo'
            WHERE p.kind <> 'charge' AND p.booked_at >= ? GROUP BY l.account_id
            """;

    private static final String OWNERS = "SELECT a.owner_id FROM ledger_account a JOIN owner o ON o.id = a.owner_id"
            + " LEFT JOIN (" + FRESH + ") fresh ON fresh.account_id = a.id"
            + " WHERE a.kind = 'promo' AND a.balance > coalesce(fresh.amount, 0) AND NOT o.guest ORDER BY a.owner_id";
    private static final String FRESH_OF = """
            SELECT coalesce(sum(l.amount), 0) AS amount FROM leg l JOIN posting p ON p.id = l.posting_id
            WHERE l.account_id = ? AND l.amount > 0 AND p.kind <> 'charge' AND p.booked_at >= ?
            """;

    private final DataSource database;
    private final BillingConfig config;
    private final Clock clock;

    ExpirePromo(DataSource database, BillingConfig config, Clock clock) {
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    /** May run on every gateway at once: each account is looked at under its lock. */
    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expireAll() throws SQLException {
        if (config.promoExpiresAfter().isZero()) {
            return;
        }
        Instant before = clock.instant().minus(config.promoExpiresAfter());
        for (long owner : owners(before)) {
            Credits expired = expire(owner, before);
            if (!expired.isZero()) {
                LOG.debugf("%s promo credits of account %d expired", expired, owner);
            }
        }
    }

    private List<Long> owners(Instant before) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.list(connection, OWNERS, row -> row.getLong("owner_id"), before);
        }
    }

    /** @return what expired, in a transaction of its own */
    Credits expire(long owner, Instant before) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Credits expired = expire(connection, owner, before);
                connection.commit();
                return expired;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static Credits expire(Connection connection, long owner, Instant before) throws SQLException {
        long promo = Accounts.in(connection, owner).id(AccountKind.PROMO);
        LockedAccounts locked = LockedAccounts.withCredit(connection, owner);
        Credits fresh = Rows.first(connection, FRESH_OF, row -> Credits.micro(row.getLong("amount")), promo, before)
                .orElse(Credits.ZERO);
        // What gateways have borrowed expires when they have given it back.
        Credits expired = locked.balance(promo).minus(fresh).min(locked.takeable(promo));
        if (expired.compareTo(Credits.ZERO) <= 0) {
            return Credits.ZERO;
        }
        long breakage = Accounts.in(connection, Accounts.SITE).id(AccountKind.BREAKAGE);
        Posting.Legs legs = new Posting.Legs().add(promo, expired.negate()).add(breakage, expired);
        boolean booked = new Posting("promo_expiry", owner + "@" + before, null, null, legs).book(connection);
        return booked ? expired : Credits.ZERO;
    }
}
