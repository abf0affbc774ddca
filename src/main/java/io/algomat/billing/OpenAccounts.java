package io.algomat.billing;

import io.algomat.accounts.OwnerCreated;
import io.algomat.platform.Credits;
import io.algomat.platform.PricingConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Gives a new owner its accounts, and a new user its sign-up grant, in the transaction that makes the owner. */
@ApplicationScoped
class OpenAccounts {
    private final DataSource database;
    private final PricingConfig pricing;
    private final FillGuest fillGuest;

    OpenAccounts(DataSource database, PricingConfig pricing, FillGuest fillGuest) {
        this.database = database;
        this.pricing = pricing;
        this.fillGuest = fillGuest;
    }

    void open(@Observes OwnerCreated created) {
        try (Connection connection = database.getConnection()) {
            Accounts.Of owner = Accounts.in(connection, created.ownerId());
            if (created.guest()) {
                fillGuest.fill(connection, created.ownerId());
            } else if (!created.organisation()) {
                signUpGrant(connection, created.ownerId(), owner);
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    private void signUpGrant(Connection connection, long ownerId, Accounts.Of owner) throws SQLException {
        Credits grant = Credits.of(pricing.signUpGrant());
        Accounts.Of site = Accounts.in(connection, Accounts.SITE);
        Posting.Legs legs = new Posting.Legs()
                .add(owner.id(AccountKind.PROMO), grant)
                .add(site.id(AccountKind.PROMO_ISSUE), grant.negate());
        new Posting("sign_up", String.valueOf(ownerId), null, null, legs).book(connection);
    }
}
