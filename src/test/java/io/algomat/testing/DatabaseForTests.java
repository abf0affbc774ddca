package io.algomat.testing;

import io.algomat.platform.start.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;

/** A real PostgreSQL 18 in a fresh data folder, with the settings of production, for all Quarkus tests of one run. */
public final class DatabaseForTests implements QuarkusTestResourceLifecycleManager {
    private static final Path FOLDER = Path.of("target/test-data/data");
    private final TestPostgres postgres = TestPostgres.on(FOLDER);

    @Override
    public Map<String, String> start() {
        try {
            postgres.stop();
            clean();
            EmbeddedPostgres.Access access = postgres.start();
            return Map.of(
                    "algomat.db.url", access.url(),
                    "algomat.db.username", access.username(),
                    "algomat.db.password", access.password(),
                    "algomat.db.owner-username", access.ownerUsername(),
                    "algomat.db.owner-password", access.ownerPassword());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The test database did not start", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Everything but the unpacked programs, which take seconds to unpack and do not change. */
    private static void clean() throws IOException {
        if (!Files.exists(FOLDER)) {
            return;
        }
        try (var paths = Files.walk(FOLDER)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                boolean program = path.toString().contains("/pg/postgres-");
                if (!program && !(Files.isDirectory(path) && notEmpty(path))) {
                    Files.delete(path);
                }
            }
        }
    }

    private static boolean notEmpty(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.findAny().isPresent();
        }
    }

    @Override
    public void stop() {
        try {
            postgres.stop();
        } catch (IOException e) {
            throw new IllegalStateException("The test database did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
