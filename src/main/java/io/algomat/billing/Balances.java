package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/** Reads what owners have. */
@ApplicationScoped
public class Balances {
    private final Sql sql;

    Balances(Sql sql) {
        this.sql = sql;
    }

    /** @throws io.algomat.platform.Problem database-away */
    public Balance of(long owner) {
        Map<AccountKind, Credits> found = new EnumMap<>(AccountKind.class);
        sql.list(
                "SELECT kind, balance FROM ledger_account WHERE owner_id = ?",
                row -> found.put(AccountKind.of(row.getString("kind")), Credits.micro(row.getLong("balance"))),
                owner);
        return new Balance(
                found.getOrDefault(AccountKind.PROMO, Credits.ZERO),
                found.getOrDefault(AccountKind.FUNDED, Credits.ZERO),
                found.getOrDefault(AccountKind.EARNINGS, Credits.ZERO),
                found.getOrDefault(AccountKind.EARNINGS_UNFUNDED, Credits.ZERO));
    }
}
