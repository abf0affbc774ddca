package io.algomat.platform.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.start.EmbeddedPostgres;
import io.algomat.testing.ClientLog;
import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup of an Algomat whose database is the operator's own. Where the PATH has a {@code pg_dump} of the server's version
 * it goes through to a second database; elsewhere it is refused with what to install. Which one it is, is told in one line.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnDatabaseIT {
    private static final Path ECHO = Path.of("target/samples/demo-echo");

    @TempDir
    static Path folder;

    private static final List<EmbeddedPostgres> SERVERS = new ArrayList<>();
    private static EmbeddedPostgres.Access own;
    private static PackagedGateway gateway;
    private static String guestKey;
    private static long charged;

    @BeforeAll
    static void start() throws Exception {
        own = server("own");
        stage();
        gateway = start("data", own);
        // The sample is published when this line comes.
        guestKey = gateway.line("Try:").replaceAll(".*(Simple \\w+).*", "$1");
        call(gateway);
        charged = charges(own);
        assertThat(charged).isPositive();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        for (EmbeddedPostgres server : SERVERS) {
            server.stop();
        }
    }

    @Test
    @Order(1)
    void anOlderPgDumpIsRefusedWithWhatToInstall() throws Exception {
        Path file = folder.resolve("refused.backup");
        PackagedGateway refused = command("data", own, pathWith("pg_dump (PostgreSQL) 15.18 (Debian)"), "backup", file);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Backup"))
                .contains("pg_dump 18", "here is pg_dump (PostgreSQL) 15.18", "postgresql-client-18");
        assertThat(file).doesNotExist();
    }

    @Test
    @Order(2)
    void noPgDumpAtAllIsRefusedInTheSameWay() throws Exception {
        Path file = folder.resolve("refused.backup");
        String nowhere = Files.createDirectory(folder.resolve("nothing")).toString();
        PackagedGateway refused = command("data", own, nowhere, "backup", file);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Backup")).contains("here there is none", "postgresql-client-18");
        assertThat(file).doesNotExist();
    }

    @Test
    @Order(3)
    void aPgDumpThatFailsLeavesNothingAndSaysWhatItSaid() throws Exception {
        Path file = folder.resolve("refused.backup");
        PackagedGateway refused = command("data", own, pathWith("pg_dump (PostgreSQL) 18.6"), "backup", file);
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.line("  FAIL  Backup")).contains("broke off", "nothing was kept", "the disk is full");
        assertThat(file).doesNotExist();
    }

    @Test
    @Order(4)
    void whatIsDumpedIsRestoredToADatabaseOfOnesOwn() throws Exception {
        Path file = folder.resolve("own.backup");
        PackagedGateway copy = command("data", own, System.getenv("PATH"), "backup", file);
        if (copy.exit() != 0) {
            System.out.println("No pg_dump " + EmbeddedPostgres.MAJOR + " on the PATH: its backup is refused.");
            assertThat(copy.line("  FAIL  Backup")).contains("postgresql-client-18");
            return;
        }
        System.out.println("A pg_dump " + EmbeddedPostgres.MAJOR + " on the PATH: its backup is restored.");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        PackagedGateway full = command("over", own, System.getenv("PATH"), "restore", file);
        assertThat(full.exit()).isEqualTo(1);
        assertThat(full.line("  FAIL  Restore")).contains("not empty");

        EmbeddedPostgres.Access fresh = server("fresh");
        PackagedGateway restore = command("restored", fresh, System.getenv("PATH"), "restore", file);
        assertThat(restore.exit()).as(() -> restore.lines().toString()).isZero();
        PackagedGateway verify = command("restored", fresh, System.getenv("PATH"), "verify");
        assertThat(verify.exit()).as(() -> verify.lines().toString()).isZero();
        assertThat(charges(fresh)).isEqualTo(charged);

        try (PackagedGateway again = start("restored", fresh)) {
            again.line("Try:");
            // The old key, the old program, and the rights of the application's role.
            call(again);
        }
        assertThat(charges(fresh)).isGreaterThan(charged);
    }

    private static EmbeddedPostgres.Access server(String name) throws Exception {
        EmbeddedPostgres server = new EmbeddedPostgres(folder.resolve(name));
        SERVERS.add(server);
        return server.start();
    }

    private static void stage() throws IOException {
        Path to = folder.resolve("samples/demo-echo");
        try (Stream<Path> paths = Files.walk(ECHO)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(ECHO.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    /** A folder with a {@code pg_dump} that says that it is so, and fails at everything else. */
    private static String pathWith(String version) throws IOException {
        Path programs = Files.createTempDirectory(folder, "programs");
        Path program = Files.writeString(programs.resolve("pg_dump"), """
                #!/bin/sh
                [ "$1" = --version ] && { echo '%s'; exit; }
                echo 'pg_dump: error: the disk is full'
                exit 1
                """.formatted(version));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return programs + ":" + System.getenv("PATH");
    }

    private static PackagedGateway start(String data, EmbeddedPostgres.Access database) throws IOException {
        List<String> all = new ArrayList<>(settings(database));
        all.add("-Dalgomat.catalog.samples=" + folder.resolve("samples").toAbsolutePath());
        all.add("-Dalgomat.billing.guest-allowance=1000000");
        return PackagedGateway.start(folder.resolve(data), all.toArray(String[]::new));
    }

    private static PackagedGateway command(
            String data, EmbeddedPostgres.Access database, String path, String command, Path... file)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        Stream.of(file).map(Path::toString).forEach(arguments::add);
        return PackagedGateway.run(
                folder.resolve(data), settings(database), Map.of("PATH", path), arguments.toArray(String[]::new));
    }

    private static List<String> settings(EmbeddedPostgres.Access database) {
        return List.of(
                "-Dalgomat.db.url=" + database.url(),
                "-Dalgomat.db.username=" + database.username(),
                "-Dalgomat.db.password=" + database.password(),
                "-Dalgomat.db.owner-username=" + database.ownerUsername(),
                "-Dalgomat.db.owner-password=" + database.ownerPassword());
    }

    private static void call(PackagedGateway site) {
        try (ClientLog client = new ClientLog("/v1/algo/demo/echo", guestKey)) {
            assertThat(client.call(site.page())).matches(ClientLog.Attempt::succeeded);
        }
    }

    private static long charges(EmbeddedPostgres.Access database) throws Exception {
        try (Connection owner = DriverManager.getConnection(
                        database.url(), database.ownerUsername(), database.ownerPassword());
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM charge")) {
            row.next();
            return row.getLong(1);
        }
    }
}
