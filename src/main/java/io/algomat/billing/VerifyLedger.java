package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Holds the data of the ledger against each of its rules. */
@ApplicationScoped
public class VerifyLedger {
    /** @param differences in how many places the rule is broken; 0 is the only good number */
    public record Finding(LedgerRule rule, long differences) {}

    private final Snapshot snapshot;

    VerifyLedger(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public List<Finding> verify() {
        return snapshot.read(VerifyLedger::verify);
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
