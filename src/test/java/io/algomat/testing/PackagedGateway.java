package io.algomat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.start.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program as it is shipped, in a process of its own. */
public final class PackagedGateway implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path data;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private PackagedGateway(Path data, Process process) {
        this.data = data;
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** {@code ./algomat start} on a free port. */
    public static PackagedGateway start(Path data, String... properties) throws IOException {
        List<String> all = new ArrayList<>(List.of(properties));
        all.addFirst("-Dalgomat.port=0");
        return run(data, all, "start");
    }

    /** Any command of the program; properties come as {@code -Dname=value}, the last of a name counts. */
    public static PackagedGateway run(Path data, List<String> properties, String... arguments) throws IOException {
        return run(data, properties, Map.of(), arguments);
    }

    /** The same with more in its environment. */
    public static PackagedGateway run(
            Path data, List<String> properties, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dalgomat.data=" + data.toAbsolutePath()));
        command.addAll(properties);
        command.addAll(List.of("-jar", PROGRAM.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new PackagedGateway(data, builder.start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(the output broke off: " + e.getMessage() + ")");
        }
    }

    public List<String> lines() {
        return lines;
    }

    /** The first line that begins so, without that beginning; waits for it as long as the program runs. */
    public String line(String beginning) {
        Awaitility.await(beginning)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> find(beginning).isPresent() || !reader.isAlive());
        return find(beginning)
                .orElseThrow(() -> new AssertionError("No line '" + beginning + "' in:\n" + String.join("\n", lines)));
    }

    private Optional<String> find(String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()).strip())
                .findFirst();
    }

    /** The page's address, without a trailing slash. */
    public String page() {
        String page = URI.create(line("Page:")).toString();
        return page.substring(0, page.length() - 1);
    }

    public long pid() {
        return process.pid();
    }

    public Connection database() throws IOException, SQLException {
        EmbeddedPostgres.Access access = new EmbeddedPostgres(data).running();
        assertThat(access).as("a running database").isNotNull();
        return DriverManager.getConnection(access.url(), access.ownerUsername(), access.ownerPassword());
    }

    /** Waits for the end, and returns the exit status. */
    public int exit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("The program ended")
                .isTrue();
        reader.join(PATIENCE);
        return process.exitValue();
    }

    /** As Ctrl-C does. */
    public int stop() throws InterruptedException {
        process.destroy();
        return exit();
    }

    /** As {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        exit();
    }

    /** @param signal as {@code kill} names it, such as {@code STOP} */
    public void signal(String signal) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid()))
                .start()
                .waitFor();
        assertThat(status).as("kill -" + signal).isZero();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process.isAlive()) {
            stop();
        }
        new EmbeddedPostgres(data).stop();
    }
}
