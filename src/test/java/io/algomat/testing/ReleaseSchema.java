package io.algomat.testing;

import io.algomat.platform.start.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** {@code ./algomat schema VERSION}: writes down what a release relies on in the database, and empties the list of exceptions. */
public final class ReleaseSchema {
    private static final Path FOLDER = Path.of("target/release-schema");
    private static final String NO_LONGER_USED = """
            # What is taken away although the last release had it, because that release does without it already: the release, then the
            # line as SchemaTest tells it. Emptied when the next release's schema is written (docs/adr/0100).
            """;

    private ReleaseSchema() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1 || !arguments[0].matches("\\d+\\.\\d+\\.\\d+")) {
            System.err.println("It is './algomat schema VERSION', such as 0.2.0.");
            System.exit(2);
        }
        EmbeddedPostgres postgres = new EmbeddedPostgres(FOLDER);
        EmbeddedPostgres.Access access = postgres.start();
        try (Connection database =
                DriverManager.getConnection(access.url(), access.ownerUsername(), access.ownerPassword())) {
            Flyway.configure()
                    .dataSource(access.url(), access.ownerUsername(), access.ownerPassword())
                    .placeholders(Map.of("app", access.username()))
                    .load()
                    .migrate();
            Path release = Schema.RELEASES.resolve(arguments[0] + ".txt");
            Schema.of(database, access.username()).write(release);
            Files.writeString(Schema.RELEASES.resolve("no-longer-used.txt"), NO_LONGER_USED);
            System.out.println(release);
        } finally {
            postgres.stop();
        }
    }
}
