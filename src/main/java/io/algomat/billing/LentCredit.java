package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What gateways have borrowed of an owner's credit, for whoever takes credit otherwise than by calls. What calls hold is
 * theirs; what gateways keep for calls to come they give back when they are asked.
 */
@ApplicationScoped
class LentCredit {
    private static final String LENT =
            "SELECT coalesce(sum(granted - spent), 0) AS lent FROM credit_lease WHERE owner_id = ?";
    /** As long as other gateways may take to hear it. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration BEAT = Duration.ofMillis(20);

    private final Purses purses;
    private final Sql sql;

    LentCredit(Purses purses, Sql sql) {
        this.purses = purses;
        this.sql = sql;
    }

    /** What is lent now; while the owner's accounts are locked it does not grow. */
    static Credits of(Connection connection, long owner) throws SQLException {
        return Rows.first(connection, LENT, row -> Credits.micro(row.getLong("lent")), owner)
                .orElse(Credits.ZERO);
    }

    /**
     * Asks all gateways for what they do not need, and waits a moment for it. To be called before accounts are locked; on
     * a thread of its own, since what is given back is no part of the caller's transaction.
     */
    void callBack(long owner) {
        try {
            Thread.ofVirtual()
                    .name("credit-call-back")
                    .start(() -> await(owner))
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(long owner) {
        if (sql.count(LENT, owner) == 0) {
            return;
        }
        purses.wanted(owner);
        sql.first("SELECT pg_notify('credit_wanted', ?)", _ -> true, String.valueOf(owner));
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (sql.count(LENT, owner) > 0 && System.nanoTime() - until < 0) {
            Watch.SYSTEM.pause(BEAT);
        }
    }
}
