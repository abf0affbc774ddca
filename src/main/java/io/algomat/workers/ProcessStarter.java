package io.algomat.workers;

import io.algomat.runner.protocol.Load;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Starts worker processes and brings them to the point where they take calls. */
final class ProcessStarter implements WorkerStarter {
    private static final Logger LOG = Logger.getLogger(ProcessStarter.class);

    /**
     * Spawns every worker and never ends: bubblewrap's die-with-parent is bound to the thread that spawned it, and the
     * carrier of a virtual thread retires after half a minute.
     */
    private final ExecutorService spawner = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("spawner").factory());

    /** The processes on GPUs, by their workers' names. */
    private final Map<String, ProcessHandle> onGpu = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private final LaunchCommand launch;
    private final ControlGroups groups;
    private final Path sockets;
    private final Duration timeout;
    private final Duration cancelGrace;

    ProcessStarter(LaunchCommand launch, ControlGroups groups, Path sockets, Duration timeout, Duration cancelGrace) {
        this.launch = launch;
        this.groups = groups;
        this.sockets = sockets;
        this.timeout = timeout;
        this.cancelGrace = cancelGrace;
    }

    @Override
    public void start(WorkerSpec spec, Events events) {
        String name = spec.runtime().wire() + "-" + count.incrementAndGet();
        Thread.ofVirtual().name("start " + name).start(() -> {
            try {
                bringUp(name, spec, events).serve();
            } catch (StartFailed e) {
                LOG.infof("%s of pool %s did not start: %s", name, spec.pool(), e.reason());
                events.failed(e);
            } catch (IOException | RuntimeException e) {
                LOG.warnf(e, "%s of pool %s could not be started", name, spec.pool());
                events.failed(StartFailed.process("its process could not be started"));
            }
        });
    }

    private WorkerProcess bringUp(String name, WorkerSpec spec, Events events) throws IOException, StartFailed {
        Path folder = Files.createDirectory(sockets.resolve(name));
        Path socket = folder.resolve("s");
        ControlGroup group = groups.create(name);
        boolean spawned = false;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket), 2);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            group.limit(spec.limits());
            Process process = spawn(launch.of(spec, folder, group));
            spawned = true;
            if (spec.gpu()) {
                onGpu.put(name, process.toHandle());
                process.onExit().thenRun(() -> onGpu.remove(name));
            }
            process.onExit().thenRunAsync(group::close, Thread::startVirtualThread);
            return greet(name, spec, server, process, group, events);
        } finally {
            if (!spawned) {
                group.close();
            }
            delete(socket);
            delete(folder);
        }
    }

    /** Brings a new process to the point where it takes calls, or kills it. */
    private WorkerProcess greet(
            String name,
            WorkerSpec spec,
            ServerSocketChannel server,
            Process process,
            ControlGroup group,
            Events events)
            throws StartFailed {
        long begin = System.nanoTime();
        LogTail log = new LogTail(process.getInputStream(), process::isAlive);
        Thread.ofVirtual().name("log " + name).start(log::drain);
        CompletableFuture<Void> limit = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(timeout.toNanos(), TimeUnit.NANOSECONDS));
        process.onExit().thenRun(() -> closeQuietly(server));
        boolean ready = false;
        try {
            Load load = new Load(spec.task(), launch.artifactSeenBy(spec), spec.device(), spec.options());
            Handshake.Done done = new Handshake(server, log).with(load);
            LOG.infof("%s of pool %s is ready after %d ms", name, spec.pool(), (System.nanoTime() - begin) / 1_000_000);
            ready = true;
            return new WorkerProcess(
                    name,
                    process,
                    group,
                    done.control(),
                    done.data(),
                    done.loaded(),
                    events,
                    log,
                    spec.limits().logBytes(),
                    cancelGrace.toNanos());
        } catch (IOException e) {
            process.destroyForcibly();
            throw StartFailed.process(why(process, e, log));
        } finally {
            limit.cancel(false);
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    private Process spawn(java.util.List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", SandboxCommand.SPAWN_PATH);
        try {
            Process process = spawner.submit(builder::start).get();
            process.getOutputStream().close();
            return process;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    boolean onGpu() {
        return !onGpu.isEmpty();
    }

    /**
     * What each worker's processes hold together.
     *
     * @param byProcess bytes by process id
     */
    Map<String, Long> sums(Map<Long, Long> byProcess) {
        Map<String, Long> sums = new HashMap<>();
        onGpu.forEach((name, process) -> {
            long sum = Stream.concat(Stream.of(process), process.descendants())
                    .mapToLong(each -> byProcess.getOrDefault(each.pid(), 0L))
                    .sum();
            if (sum > 0) {
                sums.put(name, sum);
            }
        });
        return sums;
    }

    private static String why(Process process, IOException cause, LogTail log) {
        String end;
        try {
            end = process.waitFor(1, TimeUnit.SECONDS) ? "exit status " + process.exitValue() : "no exit";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end = "interrupted";
        }
        LOG.infof("The worker ended (%s; %s) and had said: %s", end, cause.getMessage(), log.text());
        return "its process ended before it was ready (" + end + ")";
    }

    private static void closeQuietly(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            // Closed is what it should be.
        }
    }

    /** What cannot be deleted is swept away at the next start; it must not cost a worker that is ready. */
    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warnf("%s could not be deleted: %s", path, e.getMessage());
        }
    }

    void close() {
        spawner.shutdown();
    }
}
