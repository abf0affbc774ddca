package io.algomat.accounts;

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

/** Listens for changes of keys, owners and memberships made on any gateway, and evicts what they touch. */
@ApplicationScoped
class CallerChanges {
    private static final Logger LOG = Logger.getLogger(CallerChanges.class);
    /** A third of the time after which a deaf gateway stops trusting its cache. */
    private static final int BEAT_MILLIS = 250;

    /** Tells in {@code pg_stat_activity} whose connection this is. */
    private static final String BEAT = "SELECT 'listening for caller_changed'";

    private static final int BACK_OFF_MILLIS = 500;

    /** A heartbeat that takes longer has no connection any more: a new one is tried. */
    private static final int SILENCE_MILLIS = 2_000;

    private final DataSource database;
    private final KeyCache cache;
    private final Thread listener = Thread.ofVirtual().name("caller-changes").unstarted(this::listen);
    private volatile boolean stopped;

    CallerChanges(DataSource database, KeyCache cache) {
        this.database = database;
        this.cache = cache;
    }

    void start(@Observes StartupEvent event) {
        listener.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        listener.join(Duration.ofSeconds(2));
    }

    private void listen() {
        while (!stopped) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                // A connection that was cut on its way would be waited on for ever.
                connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
                statement.execute("LISTEN caller_changed");
                // What changed while nobody listened is not told.
                cache.evictAll();
                hearUntilStopped(connection, statement);
                statement.execute("UNLISTEN caller_changed");
                connection.setNetworkTimeout(Runnable::run, 0);
            } catch (SQLException e) {
                LOG.warnf("Not hearing of changed keys until the database is back: %s", e.getMessage());
                pause();
            }
        }
    }

    private void hearUntilStopped(Connection connection, Statement statement) throws SQLException {
        try {
            while (!stopped) {
                hear(connection, statement);
            }
        } catch (SQLException e) {
            // The pool does not see what is read past it, and would lend the broken connection to a call.
            connection.abort(Runnable::run);
            throw e;
        }
    }

    /**
     * The heartbeat is a statement, since a connection cut on its way stays silent for ever. It counts from when it was sent:
     * the answer may have been under way for long, and says nothing of what changed meanwhile.
     */
    private void hear(Connection connection, Statement statement) throws SQLException {
        evict(connection.unwrap(PGConnection.class).getNotifications(BEAT_MILLIS));
        long asked = cache.now();
        statement.execute(BEAT);
        evict(connection.unwrap(PGConnection.class).getNotifications());
        cache.heard(asked);
    }

    private void evict(PGNotification @Nullable [] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                cache.evictOwner(Long.parseLong(notification.getParameter()));
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BACK_OFF_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
