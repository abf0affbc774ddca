package io.algomat.platform.start;

import io.algomat.platform.backup.Backup;
import io.algomat.platform.backup.Restore;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The program's entry: pre-flight, the database, then Quarkus. What was started here is stopped here. */
@QuarkusMain
public final class Main {
    /** How long a proxy may take to notice that this gateway is leaving, unless the operator says otherwise. */
    private static final String DRAIN = "5s";

    private final Console console = new Console(System.out, System.err);
    private final CountDownLatch quarkusEnded = new CountDownLatch(1);
    private volatile boolean quarkusRuns;

    Main() {}

    public static void main(String[] arguments) {
        System.exit(new Main().run(arguments));
    }

    private int run(String[] arguments) {
        try {
            SettingFiles.load(System.getenv());
            Settings settings = Settings.read();
            DataFolder data = new DataFolder(settings.data());
            boolean serving = arguments.length == 0 || arguments[0].equals(Gateway.START);
            if (serving) {
                prepareGateway(settings, data);
            } else if (arguments[0].equals("backup")) {
                backup(data, Path.of(arguments[1]));
                return 0;
            } else if (arguments[0].equals("restore")) {
                restore(data, Path.of(arguments[1]));
                return 0;
            } else {
                prepareCommand(data);
            }
            return runQuarkus(arguments, logToFile(data, serving ? "algomat.log" : "commands.log"));
        } catch (StartFailure failure) {
            console.fail(failure.subject(), failure.getMessage());
            return 1;
        }
    }

    private void prepareGateway(Settings settings, DataFolder data) throws StartFailure {
        console.line("Algomat: a result for a call.");
        console.line("");
        Preflight preflight = new Preflight(console);
        preflight.java();
        data.prepare();
        DataFolder.Holder other = data.take(settings.port());
        if (other != null) {
            throw new StartFailure(
                    "Data",
                    "Another Algomat runs on " + data.path() + " (process " + other.pid() + ", port " + other.port()
                            + "). Stop it first, or give this one a folder of its own: --data DIR.");
        }
        preflight.port(settings);
        console.ok("Data", data.path().toString());
        if (Production.wanted()) {
            new Production(console).check(data.path());
        }
        trustProxies();
        Database database = new Database(data);
        stopAtExit(database);
        console.ok("PostgreSQL", database.open());
        System.setProperty("algomat.port", String.valueOf(settings.port()));
        ProviderSwitch.turn(data);
        if (Settings.get("algomat.otlp.endpoint") != null || Settings.get("otel.exporter.otlp.endpoint") != null) {
            System.setProperty("quarkus.otel.sdk.disabled", "false");
        }
    }

    private static void trustProxies() {
        String proxies = Settings.get("algomat.trusted-proxies");
        if (proxies != null) {
            System.setProperty("quarkus.http.proxy.proxy-address-forwarding", "true");
            System.setProperty("quarkus.http.proxy.enable-forwarded-host", "true");
            System.setProperty("quarkus.http.proxy.trusted-proxies", proxies);
            if (Settings.get("algomat.drain") == null) {
                System.setProperty("algomat.drain", DRAIN);
            }
        }
    }

    private void backup(DataFolder data, Path file) throws StartFailure {
        StartConfig.Db own = new EarlySettings().of(StartConfig.class).db();
        if (own.url().isEmpty() && !Files.exists(new EmbeddedPostgres(data.path()).cluster())) {
            throw new StartFailure(
                    "Backup", "There is no Algomat in " + data.path() + ". Name its folder: --data DIR.");
        }
        openOrJoin(data);
        new Backup(data.path(), console).write(file, own);
    }

    private void restore(DataFolder data, Path file) throws StartFailure {
        data.takeEmpty();
        new Restore(data, console)
                .read(file, new EarlySettings().of(StartConfig.class).db());
    }

    /**
     * A command works beside a running gateway, and without one on a database that it starts for itself.
     *
     * @return the gateway that runs, or null
     */
    private DataFolder.@Nullable Holder openOrJoin(DataFolder data) throws StartFailure {
        data.prepare();
        DataFolder.Holder gateway = data.take(0);
        Database database = new Database(data);
        if (gateway == null) {
            stopAtExit(database);
            database.open();
        } else {
            database.join();
        }
        return gateway;
    }

    private void prepareCommand(DataFolder data) throws StartFailure {
        DataFolder.Holder gateway = openOrJoin(data);
        if (gateway != null) {
            System.setProperty("algomat.port", String.valueOf(gateway.port()));
        }
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.enabled", "false");
        System.setProperty("algomat.catalog.publish-samples", "false");
        System.setProperty("quarkus.datasource.jdbc.min-size", "1");
        System.setProperty("quarkus.datasource.jdbc.max-size", "4");
        // Beside a gateway, its schema is what there is to work on.
        System.setProperty("quarkus.flyway.migrate-at-start", String.valueOf(gateway == null));
    }

    private static Path logToFile(DataFolder data, String name) {
        Path log = data.path().resolve("logs").resolve(name);
        System.setProperty("quarkus.log.console.enabled", "false");
        System.setProperty("quarkus.log.file.enabled", "true");
        System.setProperty("quarkus.log.file.path", log.toString());
        return log;
    }

    private int runQuarkus(String[] arguments, Path log) {
        AtomicInteger status = new AtomicInteger();
        quarkusRuns = true;
        Quarkus.run(
                Gateway.class,
                (code, failure) -> {
                    status.set(code);
                    if (failure != null) {
                        StartFailure known = KnownFailures.of(failure, log);
                        console.fail(known.subject(), known.getMessage());
                        status.set(1);
                    }
                },
                arguments);
        quarkusEnded.countDown();
        return status.get();
    }

    /** Shutdown hooks run side by side; the database's waits until Quarkus' own is through. */
    private void stopAtExit(Database database) throws StartFailure {
        Duration patience = Settings.stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                if (quarkusRuns && !quarkusEnded.await(patience.toSeconds(), TimeUnit.SECONDS)) {
                    console.error("The gateway did not stop within " + patience.toSeconds() + " s.");
                }
                database.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
