package io.algomat.platform.start;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that comes with Algomat, in {@code data/pg}: the same engine and durability as one of your own. It
 * listens on loopback only, with generated passwords (scram), checksums, fsync and synchronous commit. The postmaster
 * outlives a killed gateway; the next start takes it over.
 */
public final class EmbeddedPostgres {
    public static final String VERSION = "18.6";
    public static final int MAJOR = 18;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String OWNER = "algomat_owner";
    public static final String APP = "algomat_app";
    private static final String DATABASE = "algomat";

    private final Path folder;
    private final Secrets secrets;

    /** @param dataFolder Algomat's data folder; the database takes its sub-folder {@code pg} */
    public EmbeddedPostgres(Path dataFolder) {
        this.folder = dataFolder.toAbsolutePath().resolve("pg");
        this.secrets = new Secrets(dataFolder.toAbsolutePath());
    }

    /** How to reach the database: two roles, the owner for migrations and the application without rights on journals. */
    public record Access(
            String url,
            String username,
            String password,
            String ownerUsername,
            String ownerPassword,
            boolean survived) {}

    /** Starts the database, or takes over the one that survived an earlier gateway. */
    public Access start() throws IOException, InterruptedException {
        PostgresBinaries.unpack(home());
        if (!Files.exists(cluster().resolve("PG_VERSION"))) {
            initialise();
        }
        Integer port = runningPort();
        boolean survived = port != null;
        if (port == null) {
            port = freePort();
            launch(port);
        }
        createRoles(port);
        return access(port, survived);
    }

    /** The database that another process started on this folder, or null when none runs. */
    public @Nullable Access running() throws IOException {
        Integer port = runningPort();
        return port == null ? null : access(port, true);
    }

    /**
     * A session of the superuser on Algomat's database, which must run.
     *
     * @throws IOException when it does not
     */
    public Connection administrator() throws IOException, SQLException {
        Integer port = runningPort();
        if (port == null) {
            throw new IOException("no PostgreSQL runs on " + cluster());
        }
        return DriverManager.getConnection(url(port, DATABASE), "postgres", secrets.get("db-superuser"));
    }

    private Access access(int port, boolean survived) throws IOException {
        return new Access(url(port, DATABASE), APP, secrets.get("db-app"), OWNER, secrets.get("db-owner"), survived);
    }

    /** Stops the database and waits for it; open connections are cut, nothing is lost. */
    public void stop() throws IOException, InterruptedException {
        if (Postmaster.on(cluster()) != null) {
            run(List.of(program("pg_ctl"), "stop", "-D", cluster().toString(), "-m", "fast", "-w", "-t", "60"));
        }
    }

    private Path home() {
        return folder.resolve("postgres-" + VERSION);
    }

    /** Where its files are. */
    public Path cluster() {
        return folder.resolve("cluster");
    }

    private String program(String name) {
        return home().resolve("bin").resolve(name).toString();
    }

    private void initialise() throws IOException, InterruptedException {
        Path fresh = folder.resolve("cluster-new");
        deleteTree(fresh);
        Path passwordFile = folder.resolve("initdb-password");
        Files.writeString(passwordFile, secrets.get("db-superuser"));
        try {
            run(List.of(
                    program("initdb"),
                    "-D",
                    fresh.toString(),
                    "-U",
                    "postgres",
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--data-checksums",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        // A cluster folder exists only whole: one that broke off half-way keeps its other name and is made again.
        Files.move(fresh, cluster());
    }

    private void launch(int port) throws IOException, InterruptedException {
        String options = "-p " + port
                + " -h 127.0.0.1 -c unix_socket_directories='' -c max_connections=100 -c shared_buffers=128MB"
                + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on";
        run(List.of(
                program("pg_ctl"),
                "start",
                "-D",
                cluster().toString(),
                "-w",
                "-t",
                "60",
                "-l",
                folder.resolve("postgres.log").toString(),
                "-o",
                options));
    }

    /** The port of a postmaster that runs on this cluster, or null; one that is starting or stopping is waited for. */
    private @Nullable Integer runningPort() throws IOException {
        Instant deadline = Instant.now().plus(PATIENCE);
        Postmaster postmaster = Postmaster.on(cluster());
        while (postmaster != null && !postmaster.ready()) {
            if (Instant.now().isAfter(deadline)) {
                throw new IOException("The PostgreSQL on " + cluster() + " (process " + postmaster.pid()
                        + ") neither starts nor stops; see " + folder.resolve("postgres.log") + ".");
            }
            LockSupport.parkNanos(POLL.toNanos());
            postmaster = Postmaster.on(cluster());
        }
        return postmaster == null ? null : postmaster.port();
    }

    private void createRoles(int port) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(url(port, "postgres"), "postgres", secrets.get("db-superuser"));
                Statement statement = connection.createStatement()) {
            role(statement, OWNER, secrets.get("db-owner"));
            role(statement, APP, secrets.get("db-app"));
            try (ResultSet found =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
                }
            }
        } catch (SQLException e) {
            throw new IOException(
                    "The embedded PostgreSQL runs but refuses its own administrator: " + e.getMessage(), e);
        }
    }

    private static void role(Statement statement, String name, String password) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")) {
            if (found.next()) {
                return;
            }
        }
        // Names are constants and passwords base64url, so nothing here needs quoting.
        statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody, on the same files.
            whole.addAll(List.of("unshare", "-U"));
        }
        whole.addAll(command);
        Path log = Files.createDirectories(folder).resolve("setup.log");
        Process process = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(Path.of(command.getFirst()).getFileName() + " did not end within 90 s; see " + log);
        }
        if (process.exitValue() != 0) {
            throw new IOException(Path.of(command.getFirst()).getFileName() + " failed with exit status "
                    + process.exitValue() + "; see " + log + " and " + folder.resolve("postgres.log"));
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (var paths = Files.walk(root)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
