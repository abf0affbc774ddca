package io.algomat.billing;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.algomat.platform.start.EmbeddedPostgres.Access;
import io.algomat.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with the settings of production for tests of the ledger without a gateway, started once in each JVM;
 * each test class gets a database of its own, copied from one that was migrated once. As a program it runs until its input
 * ends, so that the JVMs of a mutation test, which are killed at will, share one that is not theirs.
 */
public final class LedgerCluster {
    private static final Path FOLDER = Path.of("target/test-ledger");
    private static final String TEMPLATE = "ledger_template";

    /** The more there is in it, the longer it takes to verify it. */
    private static final int MOST_USES = 50;

    private static final boolean SHARED = Boolean.getBoolean("algomat.test.ledger-shared");

    private static LedgerCluster running;

    private @Nullable Ledger kept;

    private final TestPostgres postgres;
    private final Access access;

    /** Takes the one that another process runs. */
    private LedgerCluster() throws IOException, InterruptedException, SQLException {
        postgres = TestPostgres.embedded(FOLDER);
        access = postgres.start();
        if (!access.survived()) {
            postgres.stop();
            throw new IllegalStateException("No PostgreSQL runs in " + FOLDER);
        }
    }

    private LedgerCluster(TestPostgres postgres) throws IOException, InterruptedException, SQLException {
        this.postgres = postgres;
        postgres.stop();
        access = postgres.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        asSuperuser("DROP DATABASE IF EXISTS " + TEMPLATE);
        asSuperuser("CREATE DATABASE " + TEMPLATE + " OWNER " + access.ownerUsername());
        migrate(TEMPLATE, MigrationVersion.LATEST);
    }

    private void migrate(String database, MigrationVersion version) {
        Flyway.configure()
                .dataSource(url(database), access.ownerUsername(), access.ownerPassword())
                .placeholders(Map.of("app", access.username()))
                .target(version)
                .load()
                .migrate();
    }

    static synchronized LedgerCluster get() throws IOException, InterruptedException, SQLException {
        if (running == null) {
            running = SHARED ? new LedgerCluster() : new LedgerCluster(TestPostgres.on(FOLDER));
        }
        return running;
    }

    public static void main(String[] arguments) throws Exception {
        running = new LedgerCluster(TestPostgres.embedded(FOLDER));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Whoever started it has not ended yet.
        }
    }

    private void stop() {
        try {
            postgres.stop();
        } catch (IOException e) {
            throw new IllegalStateException("The ledger's PostgreSQL did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(String database) {
        return access.url().replaceFirst("/[^/]*$", "/" + database);
    }

    private void asSuperuser(String statement) throws IOException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(url("postgres"), "postgres", postgres.superuserPassword());
                Statement once = connection.createStatement()) {
            once.execute(statement);
        }
    }

    /**
     * A fresh database with the schema and nothing else; in a mutation test, which makes a class of every test, the one that
     * the test before left clean.
     */
    Ledger ledger() throws IOException, SQLException {
        Ledger clean = kept;
        if (clean != null) {
            kept = null;
            return clean;
        }
        return fresh();
    }

    /** The same, also in a mutation test. */
    Ledger fresh() throws IOException, SQLException {
        String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
        asSuperuser("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " OWNER " + access.ownerUsername());
        return new Ledger(name, 0);
    }

    /** A fresh database as it was before the migrations that follow this one, to be had by {@link Ledger#migrate}. */
    Ledger as(String version) throws IOException, SQLException {
        String name = "ledger_" + UUID.randomUUID().toString().replace("-", "");
        asSuperuser("CREATE DATABASE " + name + " OWNER " + access.ownerUsername());
        migrate(name, MigrationVersion.fromVersion(version));
        return new Ledger(name, MOST_USES);
    }

    /** One database, and a pool of connections to it as the application's role. */
    final class Ledger {
        final AgroalDataSource pool;
        /** As the settings name them. */
        final Map<String, String> settings;

        private final String name;
        private final int uses;

        private Ledger(String name, int uses) throws SQLException {
            this.name = name;
            this.uses = uses;
            this.settings = Map.of(
                    "algomat.db.url", url(name),
                    "algomat.db.username", access.username(),
                    "algomat.db.password", access.password(),
                    "algomat.db.owner-username", access.ownerUsername(),
                    "algomat.db.owner-password", access.ownerPassword());
            this.pool = AgroalDataSource.from(new AgroalPropertiesReader()
                    .readProperties(Map.of(
                            "jdbcUrl", url(name),
                            "principal", access.username(),
                            "credential", access.password(),
                            "maxSize", "16",
                            "acquisitionTimeout", "PT5S",
                            // As Quarkus does: a connection that the server cut is thrown away.
                            "exceptionSorter", PostgreSQLExceptionSorter.class.getName()))
                    .modify()
                    .connectionPoolConfiguration(
                            pool -> pool.transactionIntegration(LedgerTransactions.integration())));
        }

        void migrate() {
            LedgerCluster.this.migrate(name, MigrationVersion.LATEST);
        }

        /** Cuts all connections and takes no new ones of the application. */
        void away() throws IOException, SQLException {
            asSuperuser("ALTER DATABASE " + name + " CONNECTION LIMIT 0");
            asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }

        void back() throws IOException, SQLException {
            asSuperuser("ALTER DATABASE " + name + " CONNECTION LIMIT -1");
        }

        /**
         * Its test is over. In a mutation test the next one takes it, when it is clean: whatever a mutant left amiss must not
         * be taken for the next one's doing. The connections are always new.
         */
        void done() throws IOException, SQLException {
            pool.close();
            back();
            if (SHARED && uses < MOST_USES && isClean()) {
                kept = new Ledger(name, uses + 1);
            } else {
                drop();
            }
        }

        /** Its test is over, and nobody takes it. */
        void gone() throws IOException, SQLException {
            pool.close();
            drop();
        }

        private boolean isClean() throws IOException, SQLException {
            asSuperuser("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            try (Connection connection = DriverManager.getConnection(url(name), access.username(), access.password())) {
                return Rows.first(
                                                connection,
                                                "SELECT count(*) FROM credit_lease WHERE granted > spent",
                                                row -> row.getLong(1))
                                        .orElseThrow()
                                == 0
                        && VerifyLedger.verify(connection).stream().allMatch(finding -> finding.differences() == 0);
            }
        }

        private void drop() throws IOException, SQLException {
            asSuperuser("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }
}
