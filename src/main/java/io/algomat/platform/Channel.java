package io.algomat.platform;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what other gateways tell by NOTIFY, from {@link #start} to {@link #stop}, over a connection beside the pool: one
 * that is held for ever would be missing there, and one that broke while it was listened to would be lent to a call, since
 * the pool does not see what is read past it.
 */
public final class Channel {
    /** All of it on one thread. */
    public interface Hearer {
        /** From now on it hears; what was told before is lost. */
        default void listening() {}

        void heard(String told);

        /** The database is asked whether the connection still stands. */
        default void asking() {}

        /** It answered, and all that was told until it was asked has been {@link #heard}. */
        default void answered() {}
    }

    private static final Logger LOG = Logger.getLogger(Channel.class);

    /** An answer that takes longer comes over no connection any more. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration BACK_OFF = Duration.ofMillis(500);

    private final DataSource pool;
    private final String name;
    private final int beatMillis;
    private final Hearer hearer;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * @param pool says how to reach the database
     * @param name an identifier of SQL
     * @param beat how often the connection is tried: one that was cut on its way stays silent for ever
     */
    public Channel(DataSource pool, String name, Duration beat, Hearer hearer) {
        this.pool = pool;
        this.name = name;
        this.beatMillis = Math.toIntExact(beat.toMillis());
        this.hearer = hearer;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::listen);
    }

    public void start() {
        thread.start();
    }

    public void stop() throws InterruptedException {
        stopped = true;
        // Ends what it waits for, the connection with it.
        thread.interrupt();
        thread.join(SILENCE);
    }

    private void listen() {
        while (!stopped) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                connection.setNetworkTimeout(Runnable::run, Math.toIntExact(SILENCE.toMillis()));
                statement.execute("LISTEN " + name);
                hearer.listening();
                while (!stopped) {
                    hear(connection.unwrap(PGConnection.class), statement);
                }
            } catch (SQLException e) {
                if (!stopped) {
                    LOG.warnf("Not hearing %s until the database is back: %s", name, e.getMessage());
                    backOff();
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        AgroalConnectionFactoryConfiguration known = pool.unwrap(AgroalDataSource.class)
                .getConfiguration()
                .connectionPoolConfiguration()
                .connectionFactoryConfiguration();
        Properties properties = new Properties();
        properties.putAll(known.jdbcProperties());
        properties.setProperty("user", known.principal().getName());
        for (Object credential : known.credentials()) {
            if (credential instanceof SimplePassword password) {
                properties.setProperty("password", password.getWord());
            }
        }
        properties.setProperty("ApplicationName", "algomat " + name);
        properties.setProperty("connectTimeout", Long.toString(SILENCE.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(SILENCE.toSeconds()));
        return DriverManager.getConnection(known.jdbcUrl(), properties);
    }

    private void hear(PGConnection connection, Statement statement) throws SQLException {
        pass(connection.getNotifications(beatMillis));
        hearer.asking();
        statement.execute("SELECT 1");
        pass(connection.getNotifications());
        hearer.answered();
    }

    private void pass(PGNotification @Nullable [] notifications) {
        if (notifications != null) {
            for (PGNotification notification : notifications) {
                hearer.heard(notification.getParameter());
            }
        }
    }

    private static void backOff() {
        try {
            Thread.sleep(BACK_OFF);
        } catch (InterruptedException e) {
            // It was stopped, and sees that itself.
            Thread.currentThread().interrupt();
        }
    }
}
