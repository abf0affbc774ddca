package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Holds the data of the ledger against each of its rules. */
@ApplicationScoped
public class VerifyLedger {
    /** @param differences in how many places the rule is broken; 0 is the only good number */
    public record Finding(LedgerRule rule, long differences) {}

    private final DataSource database;

    VerifyLedger(DataSource database) {
        this.database = database;
    }

    /** All rules against one snapshot, so that charges made meanwhile are seen whole or not at all. */
    public List<Finding> verify() {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return verify(connection);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    static List<Finding> verify(Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        for (LedgerRule rule : LedgerRule.values()) {
            Rows.first(connection, rule.differences(), row -> new Finding(rule, row.getLong(1)))
                    .ifPresent(findings::add);
        }
        return List.copyOf(findings);
    }
}
