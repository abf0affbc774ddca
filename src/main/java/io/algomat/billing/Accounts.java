package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Where an owner's money is, and the site's: ids of accounts in the ledger, which never change once they are open. */
@ApplicationScoped
class Accounts {
    /** Stands for the site where an owner's id is expected. */
    static final long SITE = 0;

    private static final String OPEN = """
            INSERT INTO ledger_account (owner_id, kind)
            VALUES (?, 'promo'), (?, 'funded'), (?, 'earnings'), (?, 'earnings_unfunded')
            ON CONFLICT DO NOTHING
            """;
    private static final String FIND = "SELECT id, kind FROM ledger_account WHERE owner_id IS NOT DISTINCT FROM ?";

    /** The accounts of one owner. */
    record Of(Map<AccountKind, Long> ids) {
        long id(AccountKind kind) {
            Long id = ids.get(kind);
            if (id == null) {
                throw new IllegalStateException("There is no " + kind.column() + " account here");
            }
            return id;
        }
    }

    private final DataSource database;
    private final Map<Long, Of> known = new ConcurrentHashMap<>();

    Accounts(DataSource database) {
        this.database = database;
    }

    /** The accounts of an owner, opened if they are not; for use outside of a transaction. */
    Of of(long owner) throws SQLException {
        Of found = known.get(owner);
        if (found == null) {
            try (Connection connection = database.getConnection()) {
                found = in(connection, owner);
                known.put(owner, found);
            }
        }
        return found;
    }

    /**
     * The account of what an owner owes the site. Few ever owe anything, so it is opened when it is looked for; in this
     * connection's transaction.
     */
    static long receivable(Connection connection, long owner) throws SQLException {
        Rows.change(
                connection,
                "INSERT INTO ledger_account (owner_id, kind) VALUES (?, 'receivable') ON CONFLICT DO NOTHING",
                owner);
        return in(connection, owner).id(AccountKind.RECEIVABLE);
    }

    /** The accounts of an owner, opened if they are not, in this connection's transaction, which may yet be rolled back. */
    static Of in(Connection connection, long owner) throws SQLException {
        if (owner != SITE) {
            Rows.change(connection, OPEN, owner, owner, owner, owner);
        }
        Map<AccountKind, Long> ids = new EnumMap<>(AccountKind.class);
        Rows.list(
                connection,
                FIND,
                row -> ids.put(AccountKind.of(row.getString("kind")), row.getLong("id")),
                owner == SITE ? null : owner);
        return new Of(Map.copyOf(ids));
    }
}
