package io.algomat.billing;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;

/** Reads what owners have. */
@ApplicationScoped
public class Balances {
    private final DataSource database;

    Balances(DataSource database) {
        this.database = database;
    }

    /** @throws io.algomat.platform.Problem database-away */
    public Balance of(long owner) {
        Map<AccountKind, Credits> found = new EnumMap<>(AccountKind.class);
        try (Connection connection = database.getConnection()) {
            Rows.list(
                    connection,
                    "SELECT kind, balance FROM ledger_account WHERE owner_id = ?",
                    row -> found.put(AccountKind.of(row.getString("kind")), Credits.micro(row.getLong("balance"))),
                    owner);
        } catch (SQLException e) {
            throw Rows.away(e);
        }
        return new Balance(
                found.getOrDefault(AccountKind.PROMO, Credits.ZERO),
                found.getOrDefault(AccountKind.FUNDED, Credits.ZERO),
                found.getOrDefault(AccountKind.EARNINGS, Credits.ZERO),
                found.getOrDefault(AccountKind.EARNINGS_UNFUNDED, Credits.ZERO));
    }
}
