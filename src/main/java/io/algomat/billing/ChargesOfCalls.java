package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Tells whether a call was charged, and can settle for good that it never will be. */
@ApplicationScoped
public class ChargesOfCalls {
    private final DataSource database;
    private final Accounts accounts;

    ChargesOfCalls(DataSource database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /** @throws io.algomat.platform.Problem database-away */
    public Optional<Charge> find(UUID callId, long callerId) {
        try (Connection connection = database.getConnection()) {
            return ChargeRows.find(connection, callId, callerId);
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    /**
     * The call's charge; when there is none, the ledger refuses one from here on, whatever gateway still has it in hand.
     * A charge that is being committed is waited for.
     *
     * @throws io.algomat.platform.Problem database-away
     */
    public Optional<Charge> findOrVoid(UUID callId, long callerId) {
        try {
            Accounts.Of caller = accounts.of(callerId);
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    Optional<Charge> charge = findOrVoid(connection, callId, callerId, caller);
                    connection.commit();
                    return charge;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    /** Every charge locks its caller's accounts before it is written: with the locks in hand none is on its way. */
    private static Optional<Charge> findOrVoid(Connection connection, UUID callId, long callerId, Accounts.Of caller)
            throws SQLException {
        Long[] locked = {caller.id(AccountKind.PROMO), caller.id(AccountKind.FUNDED)};
        Rows.list(connection, "SELECT id FROM lock_accounts(?)", row -> row.getLong("id"), (Object) locked);
        Optional<Charge> charge = ChargeRows.find(connection, callId, callerId);
        if (charge.isEmpty()) {
            Rows.change(connection, "INSERT INTO voided_call (call_id) VALUES (?) ON CONFLICT DO NOTHING", callId);
        }
        return charge;
    }
}
