package io.algomat.testing;

import io.algomat.platform.start.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL, and two packaged gateways on it that share secrets and bundles, as an installation of several has them:
 * both start for the first time at once. The second one reaches the database over a {@link PostgresProxy}. {@code
 * demo/paid_echo} costs a royalty of 0.01.
 */
public final class TwoGateways implements AutoCloseable {
    private static final Path ECHO = Path.of("target/samples/demo-echo");

    private static final String HEARING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'algomat caller_changed' AND query = 'SELECT 1' AND query_start > ? AND state = 'idle'";

    private final Path folder;
    private final List<String> properties;
    private final EmbeddedPostgres postgres;
    private final EmbeddedPostgres.Access access;
    private final PostgresProxy proxy;
    private final int[] ports = {Ports.free(), Ports.free()};
    private PackagedGateway first;
    private PackagedGateway second;
    private final String guestKey;

    /** @param properties of both gateways, as {@code -Dname=value} */
    public TwoGateways(Path folder, String... properties) throws IOException, InterruptedException {
        this.folder = folder;
        this.properties = List.of(properties);
        this.postgres = new EmbeddedPostgres(folder.resolve("database"));
        this.access = postgres.start();
        this.proxy = new PostgresProxy(serverPort());
        stage("demo-echo", "demo/echo", "0");
        stage("demo-paid-echo", "demo/paid_echo", "0.01");
        share("first");
        share("second");
        try {
            this.first = startFirst();
            this.second = startSecond();
            // The samples are published when this line comes.
            this.guestKey = first.line("Try:").replaceAll(".*(Simple \\w+).*", "$1");
            second.line("Try:");
        } catch (IOException | RuntimeException | AssertionError failure) {
            close();
            throw failure;
        }
    }

    private void share(String gateway) throws IOException {
        Path data = Files.createDirectories(folder.resolve(gateway));
        for (String shared : List.of("secrets", "objects", "artifacts")) {
            Path one = Files.createDirectories(folder.resolve("shared").resolve(shared));
            Files.createSymbolicLink(data.resolve(shared), one.toAbsolutePath());
        }
    }

    private PackagedGateway startFirst() throws IOException {
        return gateway("first", ports[0], access.url());
    }

    private PackagedGateway startSecond() throws IOException {
        return gateway("second", ports[1], access.url().replace(":" + serverPort() + "/", ":" + proxy.port() + "/"));
    }

    private PackagedGateway gateway(String name, int port, String url) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "-Dalgomat.port=" + port,
                "-Dalgomat.db.url=" + url,
                "-Dalgomat.db.username=" + access.username(),
                "-Dalgomat.db.password=" + access.password(),
                "-Dalgomat.db.owner-username=" + access.ownerUsername(),
                "-Dalgomat.db.owner-password=" + access.ownerPassword(),
                "-Dalgomat.catalog.samples=" + folder.resolve("samples").toAbsolutePath(),
                "-Dalgomat.billing.cpu-rate-per-ms=0",
                "-Dalgomat.billing.guest-allowance=1000000",
                "-Dalgomat.calls.per-minute.key=0",
                "-Dalgomat.calls.per-minute.account=0",
                "-Dalgomat.calls.per-minute.address=0",
                "-Dalgomat.calls.per-minute.guest-address=0"));
        all.addAll(properties);
        return PackagedGateway.start(folder.resolve(name), all.toArray(String[]::new));
    }

    private void stage(String as, String algorithm, String royalty) throws IOException {
        Path to = folder.resolve("samples").resolve(as);
        try (Stream<Path> paths = Files.walk(ECHO)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(ECHO.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
        Path manifest = to.resolve("algomat.yaml");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("demo/echo", algorithm)
                        .replace("royalty: 0", "royalty: " + royalty));
    }

    private int serverPort() {
        return Integer.parseInt(access.url().replaceAll(".*:(\\d+)/.*", "$1"));
    }

    public PackagedGateway first() {
        return first;
    }

    public PackagedGateway second() {
        return second;
    }

    public PostgresProxy proxy() {
        return proxy;
    }

    /** As an {@code Authorization} header has it. */
    public String guestKey() {
        return guestKey;
    }

    /** As the owner role, past the proxy. */
    public Connection database() throws SQLException {
        return DriverManager.getConnection(access.url(), access.ownerUsername(), access.ownerPassword());
    }

    /** As the gateways' own role, past the proxy: it sees what they do, and may cut their connections. */
    public Connection asApplication() throws SQLException {
        return DriverManager.getConnection(access.url(), access.username(), access.password());
    }

    /** Waits until the listener of each gateway has got a sign of life that it asked for after this moment. */
    public void untilHearing() throws SQLException {
        try (Connection database = asApplication();
                PreparedStatement hearing = database.prepareStatement(HEARING)) {
            hearing.setObject(1, OffsetDateTime.now());
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                try (ResultSet row = hearing.executeQuery()) {
                    return row.next() && row.getInt(1) == 2;
                }
            });
        }
    }

    /** {@code kill -9}. */
    public void killFirst() throws InterruptedException {
        first.kill();
    }

    public void restartFirst() throws IOException {
        first = startFirst();
        first.page();
    }

    public void restartSecond() throws IOException {
        second = startSecond();
        second.page();
    }

    /** The postmaster drops everything where it stands, as in a crash, and recovers from its journal on the same port. */
    public void crashDatabase() throws IOException, InterruptedException {
        Path pg = folder.resolve("database").resolve("pg").toAbsolutePath();
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                pg.resolve("postgres-" + EmbeddedPostgres.VERSION + "/bin/pg_ctl")
                        .toString(),
                "restart",
                "-D",
                pg.resolve("cluster").toString(),
                "-m",
                "immediate",
                "-w",
                "-l",
                pg.resolve("postgres.log").toString()));
        Process restart = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(pg.resolve("crash.log").toFile())
                .start();
        if (!restart.waitFor(60, TimeUnit.SECONDS) || restart.exitValue() != 0) {
            throw new IOException(Files.readString(pg.resolve("crash.log")));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (PackagedGateway gateway : new PackagedGateway[] {second, first}) {
            if (gateway != null) {
                gateway.close();
            }
        }
        proxy.close();
        postgres.stop();
    }
}
