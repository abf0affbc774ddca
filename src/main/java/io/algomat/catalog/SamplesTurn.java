package io.algomat.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Gateways that start at once on one database publish the starter algorithms one after the other, so that the second finds
 * what the first one published. The turn is a lock of the database's session: it ends with its gateway, however that ends.
 */
@ApplicationScoped
class SamplesTurn {
    /** What is done in turn. */
    interface Act {
        void run() throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(SamplesTurn.class);
    private static final long LOOK_AGAIN_MILLIS = 500;

    private final DataSource database;

    SamplesTurn(DataSource database) {
        this.database = database;
    }

    /** Waits until no other gateway publishes them, acts, and lets the next one. */
    void take(Act act) throws InterruptedException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            while (!is(statement, "SELECT pg_try_advisory_lock(hashtext('samples'))")) {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            }
            try {
                act.run();
            } finally {
                is(statement, "SELECT pg_advisory_unlock(hashtext('samples'))");
            }
        } catch (SQLException e) {
            LOG.warnf("The starter algorithms wait for the next start: %s", e.getMessage());
        }
    }

    private static boolean is(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
