package io.algomat.workers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one step of a build in a sandbox, within the limits of builds. */
final class BuildProcess {
    /** Free in every sandbox, since each has a loopback of its own. */
    static final int PROXY_PORT = 3128;

    private static final int LONGEST_LINE = 2000;
    private static final int MOST_LINES = 3000;
    private static final int OPEN_FILES = 1024;

    /** One platform thread that never ends: what it spawns dies with it. */
    private static final ExecutorService SPAWNER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("build spawner").factory());

    private final SandboxCommand sandbox;
    private final ControlGroups groups;
    private final Path jdk;
    private final Path runner;
    private final BuildsConfig config;
    private final BuildFolders folders;
    private final int user;
    private final Consumer<String> log;

    BuildProcess(
            SandboxCommand sandbox,
            ControlGroups groups,
            Path jdk,
            Path runner,
            BuildsConfig config,
            BuildFolders folders,
            int user,
            Consumer<String> log) {
        this.sandbox = sandbox;
        this.groups = groups;
        this.jdk = jdk;
        this.runner = runner;
        this.config = config;
        this.folders = folders;
        this.user = user;
        this.log = log;
    }

    /** Where the clients inside find their proxy. */
    static String proxy() {
        return "http://127.0.0.1:" + PROXY_PORT;
    }

    /** @param left how long it may take */
    void run(BuildStep step, Duration left) throws IOException, BuildFailed {
        log.accept(step.said());
        Path sockets = Files.createTempDirectory("algomat-build-");
        List<String> refused = new ArrayList<>();
        ControlGroup group = groups.create("build");
        try (IndexProxy index = step.hosts().isEmpty()
                ? null
                : new IndexProxy(sockets.resolve("s"), step.hosts(), config.diskMb() << 20, host -> {
                    refused.add(host);
                    log.accept("Refused: " + host + " is not the package index");
                })) {
            if (index != null) {
                Files.setPosixFilePermissions(sockets, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.setPosixFilePermissions(sockets.resolve("s"), PosixFilePermissions.fromString("rw-rw-rw-"));
            }
            group.limit(limits());
            int status = watched(spawn(command(step, sockets, group)), left);
            String limit = group.exceeded();
            if (status != 0 && limit != null) {
                throw new BuildFailed(step.said() + " took more of the machine than a build may (" + limit + ")");
            }
            if (status != 0) {
                String because = refused.isEmpty() ? "" : "; it asked for " + refused.getFirst();
                throw new BuildFailed(step.said() + " failed (exit status " + status + ")" + because);
            }
        } finally {
            group.close();
            Files.deleteIfExists(sockets.resolve("s"));
            Files.deleteIfExists(sockets);
        }
    }

    private List<String> command(BuildStep step, Path sockets, ControlGroup group) {
        List<Mount> mounts = new ArrayList<>(List.of(
                Mount.readOnly(jdk, SandboxCommand.JDK),
                Mount.readOnly(runner, SandboxCommand.RUNNER),
                Mount.readOnly(folders.bundle(), SandboxCommand.ARTIFACT),
                Mount.readOnly(sockets, SandboxCommand.SOCKETS),
                new Mount(folders.work(), BuildFolders.WORK, true),
                new Mount(folders.result(), SandboxCommand.DEPENDENCIES, true)));
        mounts.addAll(step.mounts());
        Map<String, String> environment = new HashMap<>(
                Map.of("LANG", "C.UTF-8", "HOME", BuildFolders.WORK, "TMPDIR", BuildFolders.WORK + "/tmp"));
        environment.putAll(step.environment());
        List<String> program = new ArrayList<>(List.of(
                SandboxCommand.JDK + "/bin/java",
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-cp",
                SandboxCommand.RUNNER + "/algomat-runner.jar",
                "io.algomat.runner.BuildMain",
                step.hosts().isEmpty() ? "-" : SandboxCommand.SOCKETS + "/s",
                Integer.toString(PROXY_PORT)));
        program.addAll(step.program());
        return sandbox.wrap(
                new Cell(mounts, environment, limits(), group.entrances()),
                runner.resolve(RunnerFiles.VIEW),
                user,
                program);
    }

    private Limits limits() {
        return new Limits(
                config.memoryMb() << 20, 0, config.timeout(), config.diskMb() << 20, config.processes(), OPEN_FILES, 0);
    }

    private static Process spawn(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", SandboxCommand.SPAWN_PATH);
        try {
            Process process = SPAWNER.submit(builder::start).get();
            process.getOutputStream().close();
            return process;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private int watched(Process process, Duration left) throws IOException, BuildFailed {
        Thread said = Thread.ofPlatform().daemon().name("build log").start(() -> tell(process));
        BuildWatch watch = new BuildWatch(config, folders, System.nanoTime() + left.toNanos());
        @Nullable String broken = null;
        try {
            while (!process.waitFor(BuildWatch.EVERY_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                broken = watch.broken(System.nanoTime());
                if (broken != null) {
                    break;
                }
            }
            process.destroyForcibly();
            int status = process.waitFor();
            said.join(1000);
            if (broken == null) {
                broken = watch.overfull();
            }
            if (broken != null) {
                throw new BuildFailed(broken);
            }
            return status;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildFailed("The gateway is stopping");
        } finally {
            process.destroyForcibly();
        }
    }

    private void tell(Process process) {
        int lines = 0;
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            StringBuilder line = new StringBuilder();
            for (int c = output.read(); c >= 0; c = output.read()) {
                if (c != '\n' && line.length() < LONGEST_LINE) {
                    line.append((char) c);
                } else if (c == '\n') {
                    lines++;
                    say(lines, line.toString());
                    line.setLength(0);
                }
            }
            if (!line.isEmpty()) {
                say(lines + 1, line.toString());
            }
        } catch (IOException e) {
            // Its end was killed; what it said until then is in the log.
        }
    }

    private void say(int number, String line) {
        String shown = line.replace(SandboxCommand.ARTIFACT + "/", "")
                .replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "")
                .replaceAll("\\p{Cntrl}", " ")
                .stripTrailing();
        if (number < MOST_LINES && !shown.isBlank()) {
            log.accept(shown);
        } else if (number == MOST_LINES) {
            log.accept("… it says more than a log can hold");
        }
    }
}
