package io.algomat.platform.backup;

import io.algomat.platform.start.StartConfig;
import io.algomat.platform.start.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own programs on the operator's own database, as the role that owns the tables. */
final class PostgresClient {
    static final String DUMP = "database.dump";

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");
    /** JDBC's parameters are not libpq's; these mean the same to both. */
    private static final Pattern SHARED = Pattern.compile("[?&](sslmode=[a-z-]+)");

    private final StartConfig.Db own;

    PostgresClient(StartConfig.Db own) {
        this.own = own;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                own.url().orElseThrow(),
                own.ownerUsername().orElseThrow(),
                own.ownerPassword().orElseThrow());
    }

    /** @throws StartFailure unless the program is there, and of the server's major version or newer */
    void require(String program, int major) throws StartFailure {
        String said;
        try {
            said = output(new ProcessBuilder(program, "--version"));
        } catch (IOException _) {
            said = "";
        }
        Matcher found = VERSION.matcher(said);
        if (!found.find() || Integer.parseInt(found.group(1)) < major) {
            throw new StartFailure(
                    Backup.SUBJECT,
                    "A database of your own is copied by " + program + " " + major + ", and here "
                            + (said.isEmpty() ? "there is none" : "is " + said.strip())
                            + ". Put one on the PATH (postgresql-client-" + major
                            + "; Algomat's image has it), or use your database's own backups, and keep the folders"
                            + " secrets, objects and artifacts of the data folder with them.");
        }
    }

    void dump(ArchiveWriter archive) throws IOException {
        Path file = Files.createTempFile(
                "algomat-",
                ".dump",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            run(List.of("pg_dump", "--format=custom", "--compress=0", "--no-password", "--file=" + file));
            archive.file(DUMP, file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** All of it or nothing, in one transaction. */
    void restore(Path dump) throws IOException {
        run(List.of(
                "pg_restore",
                "--single-transaction",
                "--exit-on-error",
                "--no-password",
                "--no-owner",
                "--no-comments",
                "--dbname=" + address(),
                dump.toString()));
    }

    private void run(List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(command);
        if (command.getFirst().equals("pg_dump")) {
            whole.add("--dbname=" + address());
        }
        ProcessBuilder builder = new ProcessBuilder(whole);
        // Neither in the list of processes, nor in the address.
        builder.environment().put("PGUSER", own.ownerUsername().orElseThrow());
        builder.environment().put("PGPASSWORD", own.ownerPassword().orElseThrow());
        output(builder);
    }

    private String address() {
        String url = own.url().orElseThrow().substring("jdbc:".length());
        Matcher shared = SHARED.matcher(url);
        return url.replaceFirst("\\?.*", "") + (shared.find() ? "?" + shared.group(1) : "");
    }

    private static String output(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(builder.command().getFirst() + " failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(builder.command().getFirst() + " was interrupted", e);
        }
        return said;
    }
}
