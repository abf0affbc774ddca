package io.algomat.workers;

import io.algomat.workers.RuntimeLaunch.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.jboss.logging.Logger;

/**
 * What a djl worker's JVM has loaded and linked before its first call, kept by the JVM itself for later starts. It is made
 * once for a JDK and a build of the runner, beside the first workers, in a sandbox that sees no bundle. Where it cannot be
 * made, or a JVM does not want it, workers start without.
 */
final class AotCache {
    private static final Logger LOG = Logger.getLogger(AotCache.class);
    private static final String MADE_IN = "/aot";
    private static final Limits LIMITS = Limits.of(1L << 30);
    private static final int SECONDS = 120;

    /** How a process is started on the thread that all are bound to. */
    interface Spawn {
        Process of(List<String> command) throws IOException;
    }

    private final Path runner;
    private final String name;

    /** @param runner the staged runner, whose folder is another for each build */
    AotCache(Path jdk, Path runner) {
        this.runner = runner;
        CRC32C sum = new CRC32C();
        sum.update((jdk + " " + java.lang.Runtime.version()).getBytes(StandardCharsets.UTF_8));
        this.name = "djl-" + Long.toHexString(sum.getValue()) + ".aot";
    }

    boolean present() {
        return Files.isRegularFile(runner.resolve(name));
    }

    /** The JVM's option that makes it use the cache from inside a sandbox. */
    String option() {
        return "-XX:AOTCache=" + SandboxCommand.RUNNER + "/" + name;
    }

    /** The option that makes a JVM write the cache when its program has ended. */
    String output() {
        return "-XX:AOTCacheOutput=" + MADE_IN + "/" + name;
    }

    /** Blocks until it is made, or could not be. */
    void make(Launch training, SandboxCommand sandbox, ControlGroups groups, HostUsers users, Path work, Spawn spawn) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(work), "aot-");
            ControlGroup group = groups.create("aot");
            try {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
                group.limit(LIMITS);
                List<Mount> mounts = new ArrayList<>(training.mounts());
                mounts.add(Mount.readOnly(runner, SandboxCommand.RUNNER));
                mounts.add(new Mount(folder, MADE_IN, true));
                // Calls have the processors first.
                List<String> command = new ArrayList<>(List.of("nice", "-n", "15"));
                command.addAll(sandbox.wrap(
                        new Cell(mounts, training.environment(), LIMITS, group.entrances()),
                        runner.resolve(RunnerFiles.VIEW),
                        users.next(),
                        training.command()));
                keep(spawn.of(command), folder.resolve(name));
            } finally {
                group.close();
                SpareFolder.delete(folder);
            }
        } catch (IOException | RuntimeException e) {
            LOG.infof("Workers start without an AOT cache: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Process process, Path made) throws IOException, InterruptedException {
        LogTail log = new LogTail(process.getInputStream(), process::isAlive);
        Thread.ofVirtual().name("log aot").start(log::drain);
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        if (!ended || process.exitValue() != 0 || !Files.isRegularFile(made)) {
            throw new IOException("the JVM did not make one: " + log.text());
        }
        // A file of the gateway's own: the sandbox's user could still write to what it made.
        Path own = Files.copy(made, runner.resolve(name + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(own, runner.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        LOG.infof("The AOT cache of djl workers is made: %d MB", Files.size(runner.resolve(name)) >> 20);
    }
}
