package io.algomat.testing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.Scope;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Owners with keys, made behind the back of accounts: for tests of what follows from their being there, without a sign-up
 * and without Quarkus. Nobody can sign in as one of them.
 */
@ApplicationScoped
public class People {
    private static final String NOBODY_HAS_IT = "-";

    private final Money money;
    private final Sql sql;

    People(Money money, Sql sql) {
        this.money = money;
        this.sql = sql;
    }

    /** One with open accounts, no credit, and no key. */
    public Accounts.User user() {
        long id = money.ownerWithoutCredit();
        String name = sql.first("SELECT name FROM owner WHERE id = ?", row -> row.getString("name"), id)
                .orElseThrow();
        sql.update(
                "INSERT INTO ledger_account (owner_id, kind)"
                        + " SELECT ?, unnest(ARRAY['promo', 'funded', 'earnings', 'earnings_unfunded'])",
                id);
        return new Accounts.User(name, id, NOBODY_HAS_IT, NOBODY_HAS_IT);
    }

    /** In a session of its own. */
    public Caller administrator() {
        Accounts.User user = user();
        sql.update("UPDATE owner SET administrator = true WHERE id = ?", user.ownerId());
        return new Caller(user.ownerId(), user.name(), null, EnumSet.allOf(Scope.class), Set.of(), true, false);
    }

    /** @return the id of a fresh API key called Test, whose text nobody knows */
    public long key(long owner) {
        UUID digest = UUID.randomUUID();
        return sql.first(
                        "INSERT INTO api_key (owner_id, name, digest, prefix, scopes, created_at)"
                                + " VALUES (?, 'Test', ?, 'simTest', ARRAY['call'], now()) RETURNING id",
                        row -> row.getLong("id"),
                        owner,
                        ByteBuffer.allocate(32)
                                .putLong(digest.getMostSignificantBits())
                                .putLong(digest.getLeastSignificantBits())
                                .array())
                .orElseThrow();
    }
}
