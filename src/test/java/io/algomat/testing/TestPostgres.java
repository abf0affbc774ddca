package io.algomat.testing;

import io.algomat.platform.start.EmbeddedPostgres;
import io.algomat.platform.start.EmbeddedPostgres.Access;
import io.algomat.platform.start.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL 18 with the settings of production for tests: a container where an engine answers, the embedded one
 * elsewhere. Both have the same two roles and the same empty database.
 */
public interface TestPostgres {
    /**
     * One that is still to be started.
     *
     * @param folder the data folder of the embedded one, which is kept by whoever wants it again
     */
    static TestPostgres on(Path folder) {
        return Engine.answers() ? new InContainer() : embedded(folder);
    }

    /** The embedded one, which other processes find by its folder. */
    static TestPostgres embedded(Path folder) {
        return new Embedded(folder);
    }

    /** Starts it, or takes over the one that runs on its folder. */
    Access start() throws IOException, InterruptedException, SQLException;

    void stop() throws IOException, InterruptedException;

    /** The password of the role {@code postgres}. */
    String superuserPassword() throws IOException;

    /** Algomat's own. */
    final class Embedded implements TestPostgres {
        private final EmbeddedPostgres postgres;
        private final Secrets secrets;

        private Embedded(Path folder) {
            postgres = new EmbeddedPostgres(folder);
            secrets = new Secrets(folder.toAbsolutePath());
        }

        @Override
        public Access start() throws IOException, InterruptedException {
            return postgres.start();
        }

        @Override
        public void stop() throws IOException, InterruptedException {
            postgres.stop();
        }

        @Override
        public String superuserPassword() throws IOException {
            return secrets.get("db-superuser");
        }
    }

    /** The image of docker-compose.yml, with its roles. */
    final class InContainer implements TestPostgres {
        private static final String SUPERUSER = "postgres";
        private static final String PASSWORD = "of-these-tests-alone";
        private static final DockerImageName IMAGE =
                Engine.image("POSTGRES_IMAGE", "postgres:18-trixie").asCompatibleSubstituteFor("postgres");

        private final PostgreSQLContainer container = new PostgreSQLContainer(IMAGE)
                .withUsername(SUPERUSER)
                .withPassword(PASSWORD)
                .withDatabaseName(SUPERUSER)
                // Its usual command switches fsync off.
                .withCommand("postgres", "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=100");

        @Override
        public Access start() throws SQLException {
            container.start();
            String url = container.getJdbcUrl().replaceFirst("\\?.*$", "");
            try (Connection connection = DriverManager.getConnection(url, SUPERUSER, PASSWORD);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE ROLE algomat_owner LOGIN PASSWORD '" + PASSWORD + "'");
                statement.execute("CREATE ROLE algomat_app LOGIN PASSWORD '" + PASSWORD + "'");
                statement.execute("CREATE DATABASE algomat OWNER algomat_owner");
            }
            return new Access(
                    url.replaceFirst("/[^/]*$", "/algomat"), "algomat_app", PASSWORD, "algomat_owner", PASSWORD, false);
        }

        @Override
        public void stop() {
            container.stop();
        }

        @Override
        public String superuserPassword() {
            return PASSWORD;
        }
    }
}
