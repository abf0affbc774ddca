package io.algomat.platform.start;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The database that this process works on: one that the operator configured, or the embedded one. */
final class Database {
    private static final List<String> OTHER_SETTINGS =
            List.of("username", "password", "owner-username", "owner-password");

    private final EmbeddedPostgres embedded;
    private volatile boolean started;

    Database(DataFolder data) {
        this.embedded = new EmbeddedPostgres(data.path());
    }

    /** Starts the embedded database, or takes over the one that survived an earlier gateway. */
    String open() throws StartFailure {
        if (configured()) {
            return "your own, " + Settings.get("algomat.db.url");
        }
        try {
            started = true;
            EmbeddedPostgres.Access access = embedded.start();
            use(access);
            return EmbeddedPostgres.VERSION + ", embedded"
                    + (access.survived() ? "; it outlived an earlier gateway and was taken over" : "");
        } catch (IOException e) {
            throw new StartFailure("PostgreSQL", e.getMessage() + " Or set ALGOMAT_DB_URL to one of your own.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("PostgreSQL", "The start was interrupted.");
        }
    }

    /** Uses the database of the gateway that holds the data folder. */
    void join() throws StartFailure {
        if (configured()) {
            return;
        }
        try {
            EmbeddedPostgres.Access access = embedded.running();
            if (access == null) {
                throw new StartFailure(
                        "PostgreSQL", "The Algomat on this data is just starting; try again in a moment.");
            }
            use(access);
        } catch (IOException e) {
            throw new StartFailure("PostgreSQL", String.valueOf(e.getMessage()));
        }
    }

    /** Stops what {@link #open} started. */
    void close() {
        if (!started) {
            return;
        }
        try {
            embedded.stop();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean configured() throws StartFailure {
        if (Settings.get("algomat.db.url") == null) {
            return false;
        }
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new StartFailure(
                    "PostgreSQL",
                    "ALGOMAT_DB_URL is set but " + String.join(", ", missing)
                            + " is not; docs/operating.md tells of the two roles.");
        }
        return true;
    }

    /** What must be set beside ALGOMAT_DB_URL and is not, by the names of the environment. */
    static List<String> missing() {
        return OTHER_SETTINGS.stream()
                .filter(name -> Settings.get("algomat.db." + name) == null)
                .map(name -> "ALGOMAT_DB_" + name.toUpperCase(Locale.ROOT).replace('-', '_'))
                .toList();
    }

    private static void use(EmbeddedPostgres.Access access) {
        System.setProperty("algomat.db.url", access.url());
        System.setProperty("algomat.db.username", access.username());
        System.setProperty("algomat.db.password", access.password());
        System.setProperty("algomat.db.owner-username", access.ownerUsername());
        System.setProperty("algomat.db.owner-password", access.ownerPassword());
    }
}
