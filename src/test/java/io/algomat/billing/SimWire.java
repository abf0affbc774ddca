package io.algomat.billing;

import java.sql.SQLException;
import java.time.Duration;

/** Between a gateway and its database: slow, and at times what is sent or answered is lost. */
final class SimWire {
    /** What becomes of a statement: GHOST is lost for its sender, and carried out or undone some time later. */
    enum Fate {
        ARRIVES,
        LOST_BEFORE,
        LOST_AFTER,
        GHOST
    }

    private static final Duration SLOW = Duration.ofMillis(5);
    private static final Duration GHOSTLY = Duration.ofSeconds(3);

    private final SimTime time;
    final SimTime.Lane gateway;
    /** Where the database goes on whatever happens to the gateway. */
    final SimTime.Lane server;

    boolean cuts = true;

    SimWire(SimTime time, SimTime.Lane gateway, SimTime.Lane server) {
        this.time = time;
        this.gateway = gateway;
        this.server = server;
    }

    Fate send() throws SQLException {
        gateway.pause(time.upTo(SLOW));
        Fate fate = Fate.ARRIVES;
        if (cuts && time.chance(0.06)) {
            fate = Fate.values()[1 + time.random.nextInt(3)];
        }
        if (fate == Fate.LOST_BEFORE) {
            throw lost();
        }
        return fate;
    }

    void answer(Fate fate) throws SQLException {
        gateway.pause(time.upTo(SLOW));
        if (fate != Fate.ARRIVES) {
            throw lost();
        }
    }

    static SQLException lost() {
        return new SQLException("the connection was lost", "08006");
    }

    /** Carried out by the server after a while. */
    void later(Runnable work) {
        server.start("ghost", () -> {
            server.pause(time.upTo(GHOSTLY));
            work.run();
        });
    }

    boolean isCarriedOut() {
        return time.chance(0.5);
    }
}
