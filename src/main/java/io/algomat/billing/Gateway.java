package io.algomat.billing;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** This gateway as the others see it: alive while its heart beats. It ends the epochs of those whose heart stopped. */
@ApplicationScoped
class Gateway implements Claims {
    private static final Logger LOG = Logger.getLogger(Gateway.class);

    /** A gateway that is silent for longer is taken for dead: five beats. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    private static final int LAST = 10_000;

    private final DataSource database;
    private volatile @Nullable Claim claim;
    private @Nullable Long id;

    Gateway(DataSource database) {
        this.database = database;
    }

    @Override
    public Claim claim() {
        Claim now = claim;
        return now == null ? register() : now;
    }

    @Override
    public boolean is(Claim one) {
        return one.equals(claim);
    }

    @Override
    public synchronized void lost(Claim over) {
        if (over.equals(claim)) {
            LOG.warn(
                    "This gateway was taken for dead. Calls that it holds are not charged; it goes on under a new epoch");
            claim = null;
        }
    }

    private synchronized Claim register() {
        Claim now = claim;
        if (now != null) {
            return now;
        }
        try (Connection connection = database.getConnection()) {
            Claim fresh = id == null
                    ? claims(connection, "INSERT INTO gateway DEFAULT VALUES RETURNING id, epoch")
                            .orElseThrow()
                    : claims(
                                    connection,
                                    "UPDATE gateway SET heartbeat = clock_timestamp() WHERE id = ? RETURNING id, epoch",
                                    id)
                            .orElseThrow();
            id = fresh.gateway();
            claim = fresh;
            return fresh;
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    /** First its own sign of life: it never takes itself for dead because a machine was slow. */
    @Scheduled(every = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void beat() {
        Claim now = claim;
        try (Connection connection = database.getConnection()) {
            if (now != null && !alive(connection, now)) {
                lost(now);
            }
            reap(connection);
        } catch (SQLException e) {
            LOG.warnf("No heartbeat of this gateway: %s", e.getMessage());
        }
    }

    private static boolean alive(Connection connection, Claim claim) throws SQLException {
        return claims(
                        connection,
                        "UPDATE gateway SET heartbeat = clock_timestamp() WHERE id = ? AND epoch = ? RETURNING id, epoch",
                        claim.gateway(),
                        claim.epoch())
                .isPresent();
    }

    private static void reap(Connection connection) throws SQLException {
        long dead = Rows.first(
                        connection,
                        "SELECT reap_gateways(make_interval(secs => ?))",
                        row -> row.getLong(1),
                        SILENCE.toSeconds())
                .orElseThrow();
        if (dead > 0) {
            LOG.warnf("%d gateways fell silent; what they had borrowed is free again", dead);
        }
    }

    private static Optional<Claim> claims(Connection connection, String sql, Object... parameters) throws SQLException {
        return Rows.first(connection, sql, row -> new Claim(row.getLong("id"), row.getLong("epoch")), parameters);
    }

    /** Gives all back at once, rather than when the others notice. The last thing that it does: calls have ended. */
    synchronized void leave(@Observes @Priority(LAST) ShutdownEvent event) {
        Claim now = claim;
        claim = null;
        if (now != null) {
            try (Connection connection = database.getConnection()) {
                Rows.list(connection, "SELECT end_epoch(?, ?)", row -> row.getBoolean(1), now.gateway(), now.epoch());
            } catch (SQLException e) {
                LOG.warnf("What this gateway had borrowed is free in %s: %s", SILENCE, e.getMessage());
            }
        }
    }
}
