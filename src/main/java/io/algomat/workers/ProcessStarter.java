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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts worker processes and brings them to the point where they take calls, or could load what they are told to. */
final class ProcessStarter implements WorkerStarter, SpareStarter {
    /** @param spares on the file system of the bundles, so that it can be given links to their files */
    record Folders(Path sockets, Path spares) {}

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
    private final Folders folders;
    private final Duration timeout;
    private final Duration cancelGrace;

    ProcessStarter(
            LaunchCommand launch, ControlGroups groups, Folders folders, Duration timeout, Duration cancelGrace) {
        this.launch = launch;
        this.groups = groups;
        this.folders = folders;
        this.timeout = timeout;
        this.cancelGrace = cancelGrace;
    }

    @Override
    public void start(WorkerSpec spec, WorkerStarter.Events events) {
        String name = nextName(spec);
        Thread.ofVirtual().name("start " + name).start(() -> bringUp(name, spec, events));
    }

    private String nextName(WorkerSpec spec) {
        return spec.runtime().wire() + "-" + count.incrementAndGet();
    }

    private void bringUp(String name, WorkerSpec spec, WorkerStarter.Events events) {
        try {
            load(begin(name, spec), spec, events);
        } catch (StartFailed e) {
            LOG.infof("%s of pool %s did not start: %s", name, spec.pool(), e.reason());
            events.failed(e);
        } catch (IOException | RuntimeException e) {
            LOG.warnf(e, "%s of pool %s could not be started", name, spec.pool());
            events.failed(StartFailed.process("its process could not be started"));
        }
    }

    private void load(BegunProcess begun, WorkerSpec spec, WorkerStarter.Events events) throws StartFailed {
        Load load = new Load(spec.task(), launch.artifactSeenBy(spec), spec.device(), spec.options());
        begun.load(spec, load, events, timeout, cancelGrace).serve();
    }

    @Override
    public @Nullable SpareKind kind(WorkerSpec spec) {
        return launch.sandboxed() ? SpareKind.of(spec, groups.present()) : null;
    }

    @Override
    public void begin(SpareKind kind, WorkerSpec like, SpareStarter.Events events) {
        String name = nextName(like);
        Thread.ofVirtual().name("spare " + name).start(() -> {
            Path folder = null;
            try {
                folder = kind.artifact() == null
                        ? SpareFolder.make(folders.spares().resolve(name))
                        : null;
                BegunProcess begun = begin(name, folder == null ? like : like.in(folder));
                LOG.debugf("%s waits for a version that wants it", name);
                new SpareProcess(this, begun, folder).offer(events);
            } catch (StartFailed | IOException | RuntimeException e) {
                LOG.infof("No sandbox could be started ahead: %s", e.getMessage());
                if (folder != null) {
                    SpareFolder.delete(folder);
                }
                events.gone();
            }
        });
    }

    /** A sandbox that waited goes on as a worker; where it cannot, another is started from the beginning. */
    void become(BegunProcess begun, @Nullable Path folder, WorkerSpec spec, WorkerStarter.Events events) {
        Thread.ofVirtual().name("start " + begun.name()).start(() -> {
            try {
                if (folder != null) {
                    SpareFolder.fill(folder, spec.artifact());
                }
                begun.group().limit(spec.limits());
                load(begun, spec, events);
            } catch (StartFailed e) {
                if (e.algorithmAtFault()) {
                    LOG.infof("%s of pool %s did not load: %s", begun.name(), spec.pool(), e.reason());
                    events.failed(e);
                } else {
                    start(spec, events);
                }
            } catch (IOException | RuntimeException e) {
                LOG.infof("%s could not become a worker of pool %s: %s", begun.name(), spec.pool(), e.getMessage());
                begun.process().destroyForcibly();
                start(spec, events);
            }
        });
    }

    /** Starts a process and brings it to the point where it could load. */
    private BegunProcess begin(String name, WorkerSpec spec) throws IOException, StartFailed {
        Path folder = Files.createDirectory(folders.sockets().resolve(name));
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
            return BegunProcess.greet(name, server, process, group, timeout);
        } finally {
            if (!spawned) {
                group.close();
            }
            delete(socket);
            delete(folder);
        }
    }

    /** On the thread that never ends. */
    Process spawn(java.util.List<String> command) throws IOException {
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
