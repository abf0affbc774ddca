package io.algomat.testing;

import io.algomat.billing.Balance;
import io.algomat.billing.Balances;
import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** Gives owners credit in tests, by balanced postings as the application role may book them, and tells what they have. */
@ApplicationScoped
public class Money {
    private static final String GIVE = """
            WITH booked AS (INSERT INTO posting (kind, source) VALUES ('credit_grant', ?) RETURNING id)
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, a.id, CASE WHEN a.owner_id IS NULL THEN -?::bigint ELSE ?::bigint END
            FROM booked, ledger_account a
            WHERE (a.owner_id = ? AND a.kind = ?) OR (a.owner_id IS NULL AND a.kind = ?)
            """;

    private final DataSource database;
    private final Balances balances;

    Money(DataSource database, Balances balances) {
        this.database = database;
        this.balances = balances;
    }

    /** Funded credit. A gateway that refused this owner a moment ago sees it at once: refusals are checked. */
    public void fund(long owner, Credits amount) {
        give(owner, amount, "funded", "funding");
    }

    public void promo(long owner, Credits amount) {
        give(owner, amount, "promo", "promo_issue");
    }

    public Balance of(long owner) {
        return balances.of(owner);
    }

    /** An owner with open accounts and no credit, made behind the back of accounts. */
    public long ownerWithoutCredit() {
        String name = "o" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
        try (Connection connection = database.getConnection();
                PreparedStatement owner = connection.prepareStatement(
                        "INSERT INTO owner (name, display_name, kind) VALUES (?, ?, 'user') RETURNING id")) {
            owner.setString(1, name);
            owner.setString(2, name);
            try (ResultSet made = owner.executeQuery()) {
                made.next();
                return made.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void give(long owner, Credits amount, String to, String from) {
        try (Connection connection = database.getConnection();
                PreparedStatement open = connection.prepareStatement(
                        "INSERT INTO ledger_account (owner_id, kind) VALUES (?, ?) ON CONFLICT DO NOTHING");
                PreparedStatement give = connection.prepareStatement(GIVE)) {
            open.setLong(1, owner);
            open.setString(2, to);
            open.executeUpdate();
            give.setString(1, "test-" + UUID.randomUUID());
            give.setLong(2, amount.micro());
            give.setLong(3, amount.micro());
            give.setLong(4, owner);
            give.setString(5, to);
            give.setString(6, from);
            if (give.executeUpdate() != 2) {
                throw new IllegalStateException("Expected two legs");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
