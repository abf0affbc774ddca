package io.algomat.billing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears other gateways ask for credit. One that is not heard is refused a call at worst: idle credit comes back by itself.
 */
@ApplicationScoped
class CreditWanted {
    private static final Logger LOG = Logger.getLogger(CreditWanted.class);

    /** How often a connection is looked at that may have been cut on its way, and would stay silent for ever. */
    private static final int BEAT_MILLIS = 2_000;

    /** A heartbeat that takes longer has no connection any more. */
    private static final int SILENCE_MILLIS = 5_000;

    private final DataSource database;
    private final Purses purses;
    private final Thread listener = Thread.ofVirtual().name("credit-wanted").unstarted(this::listen);
    private volatile boolean stopped;

    CreditWanted(DataSource database, Purses purses) {
        this.database = database;
        this.purses = purses;
    }

    void start(@Observes StartupEvent event) {
        listener.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        listener.interrupt();
        listener.join(Duration.ofSeconds(3));
    }

    void listen() {
        while (!stopped) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
                statement.execute("LISTEN credit_wanted");
                hearUntilStopped(connection, statement);
                statement.execute("UNLISTEN credit_wanted");
                connection.setNetworkTimeout(Runnable::run, 0);
            } catch (SQLException e) {
                LOG.debugf("Not hearing who wants credit until the database is back: %s", e.getMessage());
                Watch.SYSTEM.pause(Duration.ofMillis(BEAT_MILLIS));
            }
        }
    }

    private void hearUntilStopped(Connection connection, Statement statement) throws SQLException {
        try {
            while (!stopped) {
                hear(connection.unwrap(PGConnection.class).getNotifications(BEAT_MILLIS));
                statement.execute("SELECT 1");
                hear(connection.unwrap(PGConnection.class).getNotifications());
            }
        } catch (SQLException e) {
            // The pool does not see what is read past it, and would lend the broken connection to a charge.
            connection.abort(Runnable::run);
            throw e;
        }
    }

    /** Apart, since giving back may wait for a charge and the next wish must not. */
    private void hear(PGNotification @Nullable [] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                long owner = Long.parseLong(notification.getParameter());
                Thread.ofVirtual().name("credit-back").start(() -> purses.wanted(owner));
            }
        }
    }
}
