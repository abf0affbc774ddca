package io.algomat.workers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's self-test: builds one exactly as for a worker, lets the runner try to break out of it, and tells what was
 * tried and what got through.
 */
final class SandboxTrialRun {
    static final String PROCESSES = "start more processes than it may";
    static final String MEMORY = "take more memory than it may";

    private static final int SECONDS = 20;
    private static final String TRIED = "tried";
    private static final String WORKS = "works";
    private static final Limits LIMITS = new Limits(128L << 20, 0, Duration.ofSeconds(SECONDS), 1 << 20, 48, 256, 0);

    /**
     * @param works whether what must work does
     * @param whole whether it came to its end
     * @param said the first line that is not its own: why there is no sandbox
     */
    record Result(boolean works, boolean whole, String said, List<SandboxReport.Attempt> attempts) {}

    private final SandboxCommand command;
    private final ControlGroups groups;
    private final boolean root;

    SandboxTrialRun(SandboxCommand command, ControlGroups groups, boolean root) {
        this.command = command;
        this.groups = groups;
        this.root = root;
    }

    Result run(Path jdk, Path runner, Path data, Architecture architecture) throws IOException {
        Path empty = Files.createTempDirectory("algomat-trial-");
        ControlGroup group = groups.create("trial");
        try {
            group.limit(LIMITS);
            Process process = start(jdk, runner, data, architecture, empty, group);
            return watched(process, group);
        } finally {
            group.close();
            Files.delete(empty);
        }
    }

    private Process start(Path jdk, Path runner, Path data, Architecture architecture, Path empty, ControlGroup group)
            throws IOException {
        List<String> program = new ArrayList<>(List.of(
                SandboxCommand.JDK + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx24m",
                // The virtual machine's own words about threads that it does not get.
                "-Xlog:disable",
                "-Djava.net.preferIPv4Stack=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                SandboxCommand.RUNNER + "/algomat-runner.jar",
                "io.algomat.runner.SandboxTrial",
                data.toString(),
                Integer.toString(LIMITS.processes()),
                Long.toString(LIMITS.memoryBytes())));
        for (SystemCall call : SystemCall.values()) {
            program.addAll(List.of(call.name(), Integer.toString(call.number(architecture))));
        }
        Cell cell = new Cell(
                List.of(
                        Mount.readOnly(jdk, SandboxCommand.JDK),
                        Mount.readOnly(runner, SandboxCommand.RUNNER),
                        Mount.readOnly(empty, SandboxCommand.ARTIFACT),
                        Mount.readOnly(empty, SandboxCommand.SOCKETS)),
                Map.of("LANG", "C.UTF-8"),
                LIMITS,
                group.entrances());
        int user = HostUsers.ofThisMachine().next();
        ProcessBuilder builder = new ProcessBuilder(command.wrap(cell, runner.resolve(RunnerFiles.VIEW), user, program))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", SandboxCommand.SPAWN_PATH);
        return builder.start();
    }

    private Result watched(Process process, ControlGroup group) throws IOException {
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
        List<String> lines = new ArrayList<>();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(TRIED)) {
                    lines.add("be root on the host: " + (isRoot(process) ? "the host says that it is" : ""));
                    process.outputWriter().write("\n");
                    process.outputWriter().flush();
                }
                lines.add(line);
            }
        } finally {
            limit.cancel(false);
            process.destroyForcibly();
        }
        if (lines.contains(TRIED) && lines.getLast().equals(TRIED)) {
            boolean killed = "OutOfMemoryError".equals(group.exceeded());
            lines.add(MEMORY + ": " + (killed ? "" : "nobody ended it for it"));
        }
        return result(lines);
    }

    private static Result result(List<String> lines) {
        List<SandboxReport.Attempt> attempts = new ArrayList<>();
        @Nullable String strange = null;
        for (String line : lines) {
            int colon = line.indexOf(": ");
            boolean own = line.equals(WORKS) || line.equals(TRIED);
            if (!own && colon > 0 && lines.contains(WORKS)) {
                attempts.add(new SandboxReport.Attempt(line.substring(0, colon), line.substring(colon + 2)));
            } else if (!own && strange == null) {
                strange = line;
            }
        }
        return new Result(
                lines.contains(WORKS), lines.contains(TRIED), strange == null ? "no answer" : strange, attempts);
    }

    /** Told by the host: inside, the namespaces hide who one really is. */
    private boolean isRoot(Process process) throws IOException {
        if (!root) {
            return false;
        }
        try (Stream<ProcessHandle> handles = process.descendants()) {
            for (ProcessHandle handle : handles.toList()) {
                if (handle.info().command().orElse("").equals(SandboxCommand.JDK + "/bin/java")) {
                    return Files.getAttribute(Path.of("/proc/" + handle.pid()), "unix:uid")
                            .equals(0);
                }
            }
        }
        return true;
    }
}
