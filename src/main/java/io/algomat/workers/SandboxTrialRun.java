package io.algomat.workers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The sandbox's self-test: builds one exactly as for a worker, lets the runner try to break out of it, and reports what
 * holds or what is missing, with the remedy.
 */
final class SandboxTrialRun {
    private static final int SECONDS = 20;
    private static final String TRIED = "tried";

    private final SandboxCommand command;
    private final boolean root;

    SandboxTrialRun(SandboxCommand command, boolean root) {
        this.command = command;
        this.root = root;
    }

    SandboxReport report(Path jdk, Path runner, Path data, HostUsers users) {
        if (!command.installed()) {
            return new SandboxReport(false, "bubblewrap is not installed", "apt-get install bubblewrap");
        }
        try {
            Path empty = Files.createTempDirectory("algomat-trial-");
            try {
                return judge(run(jdk, runner, data, empty, users.next()));
            } finally {
                Files.delete(empty);
            }
        } catch (IOException e) {
            return new SandboxReport(false, "bubblewrap could not be run", remedy(""));
        }
    }

    private String run(Path jdk, Path runner, Path data, Path empty, int uid) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.wrap(
                        new Cell(
                                List.of(
                                        Mount.readOnly(jdk, SandboxCommand.JDK),
                                        Mount.readOnly(runner, SandboxCommand.RUNNER),
                                        Mount.readOnly(empty, SandboxCommand.ARTIFACT),
                                        Mount.readOnly(empty, SandboxCommand.SOCKETS)),
                                Map.of("LANG", "C.UTF-8"),
                                Limits.of(512L << 20),
                                List.of()),
                        runner.resolve(RunnerFiles.VIEW),
                        uid,
                        List.of(
                                SandboxCommand.JDK + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx32m",
                                "-Djava.net.preferIPv4Stack=true",
                                "-cp",
                                SandboxCommand.RUNNER + "/algomat-runner.jar",
                                "io.algomat.runner.SandboxTrial",
                                data.toString())))
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", SandboxCommand.SPAWN_PATH);
        Process process = builder.start();
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(TRIED) && root && !isUnprivileged(process)) {
                    said.append("it runs as root\n");
                }
                said.append(line).append('\n');
                if (line.equals(TRIED)) {
                    break;
                }
            }
        } finally {
            limit.cancel(false);
            process.destroyForcibly();
        }
        return said.toString().strip();
    }

    /** Told by the host: inside, the namespaces hide who one really is. */
    private static boolean isUnprivileged(Process process) throws IOException {
        for (ProcessHandle handle : process.descendants().toList()) {
            Path proc = Path.of("/proc/" + handle.pid());
            if (handle.info().command().orElse("").equals(SandboxCommand.JDK + "/bin/java")) {
                return !Files.getAttribute(proc, "unix:uid").equals(0);
            }
        }
        return false;
    }

    private SandboxReport judge(String said) {
        List<String> lines = said.lines().toList();
        if (lines.isEmpty() || !lines.getLast().equals(TRIED)) {
            String first = lines.isEmpty() ? "no answer" : lines.getFirst();
            return new SandboxReport(false, "bubblewrap cannot build one (" + first + ")", remedy(said));
        }
        if (lines.size() > 1) {
            String leaks = String.join("; ", lines.subList(0, lines.size() - 1));
            return new SandboxReport(
                    false, "the sandbox leaks: " + leaks, "report this with bwrap --version and uname -r");
        }
        String how = "bubblewrap: no network, no host files, empty environment, own processes";
        return new SandboxReport(true, root ? how + ", an unprivileged host user for each worker" : how, "");
    }

    private static String remedy(String said) {
        if (said.contains("setpriv") || said.contains("unshare: not found")) {
            return "apt-get install util-linux";
        }
        if (setting("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").equals("1")) {
            return "load AppArmor's profile bwrap-userns-restrict (apt-get install apparmor-profiles)";
        }
        if (setting("/proc/sys/kernel/unprivileged_userns_clone").equals("0")) {
            return "sysctl -w kernel.unprivileged_userns_clone=1";
        }
        if (setting("/proc/sys/user/max_user_namespaces").equals("0")) {
            return "sysctl -w user.max_user_namespaces=15000";
        }
        return "allow user namespaces for this machine or container";
    }

    private static String setting(String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
