package io.algomat.billing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.Problem;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The visitors' budget: once a day (UTC) the guest account is filled up to its allowance, so that visitors can try
 * algorithms every day and never cost the site more than that.
 */
@ApplicationScoped
class FillGuest {
    private static final Logger LOG = Logger.getLogger(FillGuest.class);

    private final DataSource database;
    private final Owners owners;
    private final BillingConfig config;
    private final Clock clock;

    FillGuest(DataSource database, Owners owners, BillingConfig config, Clock clock) {
        this.database = database;
        this.owners = owners;
        this.config = config;
        this.clock = clock;
    }

    /** Often enough to be there soon after midnight and after a start; the day's posting is booked once, whoever tries. */
    @Scheduled(every = "5m", delayed = "10s")
    @Transactional
    void fillDaily() throws SQLException {
        Caller guest;
        try {
            guest = owners.guest();
        } catch (Problem off) {
            LOG.debugf("No allowance for visitors: %s", off.detail());
            return;
        }
        try (Connection connection = database.getConnection()) {
            fill(connection, guest.ownerId());
        }
    }

    void fill(Connection connection, long guest) throws SQLException {
        Accounts.Of account = Accounts.in(connection, guest);
        Accounts.Of site = Accounts.in(connection, Accounts.SITE);
        Credits has = Rows.list(
                        connection,
                        "SELECT balance FROM lock_accounts(?)",
                        row -> Credits.micro(row.getLong("balance")),
                        (Object) new Long[] {account.id(AccountKind.PROMO)})
                .getFirst();
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        // What was spent since midnight is not filled up again: else a day could cost the allowance twice.
        Credits missing = Credits.of(config.guestAllowance())
                .minus(spentSince(connection, guest, day))
                .minus(has);
        if (missing.compareTo(Credits.ZERO) > 0) {
            Posting.Legs legs = new Posting.Legs()
                    .add(account.id(AccountKind.PROMO), missing)
                    .add(site.id(AccountKind.PROMO_ISSUE), missing.negate());
            new Posting("guest_allowance", day.toString(), null, null, legs).book(connection);
        }
    }

    private static Credits spentSince(Connection connection, long guest, LocalDate day) throws SQLException {
        return Rows.list(
                        connection,
                        "SELECT coalesce(sum(promo), 0) AS promo FROM charge WHERE caller_id = ? AND charged_at >= ?",
                        row -> Credits.micro(row.getLong("promo")),
                        guest,
                        new Period(day, day).start())
                .getFirst();
    }
}
