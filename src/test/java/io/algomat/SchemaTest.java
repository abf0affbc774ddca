package io.algomat;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.Schema;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.semver4j.Semver;

/** The program of the last release goes on running while a newer one migrates the database beneath it. */
@QuarkusTest
class SchemaTest {
    private static final Path NO_LONGER_USED = Schema.RELEASES.resolve("no-longer-used.txt");

    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.username")
    String role;

    @ConfigProperty(name = "algomat.db.owner-username")
    String owner;

    @ConfigProperty(name = "algomat.db.owner-password")
    String password;

    @Test
    void theLastReleaseRunsOnTheSchemaOfToday() throws Exception {
        Path last = releases().getLast();
        String release = last.getFileName().toString().replace(".txt", "");
        List<String> allowed = Files.readAllLines(NO_LONGER_USED).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(allowed)
                .as("each line names the last release, %s, which does without the thing already", release)
                .allMatch(line -> line.startsWith(release + " "));

        try (Connection database = owner()) {
            assertThat(Schema.of(database, role).breaks(Schema.of(last)))
                    .as("what %s relies on; see docs/adr/0100 and %s", release, NO_LONGER_USED)
                    .containsExactlyInAnyOrderElementsOf(allowed.stream()
                            .map(line -> line.substring(release.length() + 1))
                            .toList());
        }
    }

    @Test
    void whatIsAddedBreaksNothing() throws Exception {
        assertThat(breaks("""
                        CREATE TABLE fresh (id bigint PRIMARY KEY, api_key_id bigint NOT NULL REFERENCES api_key);
                        ALTER TABLE api_key ADD COLUMN note text CHECK (length(note) < 10), ADD COLUMN kind text NOT NULL DEFAULT '';
                        ALTER TABLE api_key ALTER COLUMN prefix DROP NOT NULL, ALTER COLUMN name SET DEFAULT 'a key';
                        CREATE FUNCTION fresh() RETURNS int LANGUAGE sql AS 'SELECT 1';
                        """)).isEmpty();
    }

    @Test
    void whatIsTakenAwayOrAskedForIsFound() throws Exception {
        assertThat(breaks("ALTER TABLE api_key RENAME COLUMN prefix TO beginning"))
                .contains("gone: column api_key.prefix text not null");
        assertThat(breaks("ALTER TABLE api_key ALTER COLUMN name TYPE varchar(60)"))
                .contains("gone: column api_key.name text not null");
        assertThat(breaks("DROP TABLE session")).contains("gone: table session");
        assertThat(breaks("DROP FUNCTION end_epoch(bigint, bigint)"))
                .anyMatch(line -> line.startsWith("gone: function end_epoch(bigint,bigint)"));
        assertThat(breaks("REVOKE INSERT ON session FROM " + role)).containsExactly("gone: grant INSERT on session");
        assertThat(breaks("DELETE FROM session; ALTER TABLE session ADD COLUMN device text NOT NULL"))
                .containsExactly("stricter: column session.device text not null");
        assertThat(
                        breaks(
                                "UPDATE api_key SET last_used_at = now(); ALTER TABLE api_key ALTER COLUMN last_used_at SET NOT NULL"))
                .contains("gone: column api_key.last_used_at timestamp with time zone");
        assertThat(breaks("ALTER TABLE api_key ADD CHECK (length(name) >= 0)"))
                .containsExactly("stricter: rule api_key(name): CHECK ((length(name) >= 0))");
        assertThat(breaks("CREATE UNIQUE INDEX one_name ON api_key (owner_id, prefix)"))
                .singleElement()
                .asString()
                .startsWith("stricter: rule api_key(owner_id, prefix): CREATE UNIQUE INDEX");
    }

    /** What a migration would break of today's schema. */
    private List<String> breaks(String migration) throws SQLException {
        try (Connection database = owner();
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            Schema before = Schema.of(database, role);
            statement.execute(migration);
            List<String> broken = Schema.of(database, role).breaks(before);
            database.rollback();
            return broken;
        }
    }

    private static List<Path> releases() throws IOException {
        try (Stream<Path> files = Files.list(Schema.RELEASES)) {
            return files.filter(file -> !file.equals(NO_LONGER_USED))
                    .sorted(Comparator.comparing(
                            file -> new Semver(file.getFileName().toString().replace(".txt", ""))))
                    .toList();
        }
    }

    private Connection owner() throws SQLException {
        return DriverManager.getConnection(url, owner, password);
    }
}
