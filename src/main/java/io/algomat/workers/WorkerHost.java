package io.algomat.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What workers need on this machine, put together at the first call: the staged runner, the socket folder, the fleet. */
final class WorkerHost {
    private static final Logger LOG = Logger.getLogger(WorkerHost.class);
    private static final int TICK_MILLIS = 100;
    private static final int GPU_LOOK_SECONDS = 10;
    /** Workers that are kept for a caller rest most of their time. */
    private static final int BOUND_PER_PROCESSOR = 4;
    /** A socket's path holds 108 bytes with its end; what we put below the folder takes up to 20 of them. */
    private static final int LONGEST_FOLDER = 85;

    private final WorkersConfig config;
    private final Path data;
    private final RunnerHome home;
    private final Sandbox sandbox;
    private final NvidiaSmi nvidia = NvidiaSmi.ofThisMachine();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("workers").factory());
    private volatile @Nullable Devices devices;
    private volatile @Nullable Fleet fleet;
    private @Nullable ProcessStarter starter;
    private @Nullable Path temporary;
    private boolean closed;

    WorkerHost(WorkersConfig config, Path data) {
        this.config = config;
        this.data = data.toAbsolutePath().normalize();
        this.home = new RunnerHome(config, this.data);
        this.sandbox = Sandbox.of(config, home, this.data);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    RunnerHome home() {
        return home;
    }

    /** Looked up when they are first asked for. */
    Devices devices() {
        Devices present = devices;
        if (present == null) {
            present = Devices.ofThisMachine(config, nvidia);
            devices = present;
        }
        return present;
    }

    /** The fleet; put together by the first call. */
    Fleet fleet() {
        Fleet present = fleet;
        return present == null ? assembled() : present;
    }

    /** The fleet if there was a call yet: asking where a pool stands prepares nothing. */
    @Nullable
    Fleet present() {
        return fleet;
    }

    private synchronized Fleet assembled() {
        Fleet present = fleet;
        if (present == null) {
            if (closed) {
                throw Fleet.stopping();
            }
            try {
                present = assemble();
            } catch (IOException e) {
                throw new UncheckedIOException("Workers cannot be started", e);
            }
            fleet = present;
        }
        return present;
    }

    synchronized void close() {
        closed = true;
        ticker.shutdownNow();
        Fleet present = fleet;
        if (present != null) {
            present.close();
        }
        if (starter != null) {
            starter.close();
        }
        sandbox.close();
        if (temporary != null) {
            discard(temporary);
        }
    }

    private static void discard(Path folder) {
        try {
            clean(folder);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warnf("%s could not be deleted: %s", folder, e.getMessage());
        }
    }

    private Fleet assemble() throws IOException {
        LaunchCommand launch = new LaunchCommand(
                home.launches(), home.runner(), sandbox.command(), HostUsers.ofThisMachine(), devices());
        ProcessStarter processes = new ProcessStarter(
                launch,
                sandbox.groups(),
                new ProcessStarter.Folders(socketFolder(), emptied(data.resolve("spares"))),
                config.startTimeout(),
                config.cancelGrace());
        int processors = java.lang.Runtime.getRuntime().availableProcessors();
        Fleet assembled = new Fleet(
                new FleetLimits(
                        config.maxPerPool() > 0 ? config.maxPerPool() : processors,
                        config.maxPerBoundPool() > 0 ? config.maxPerBoundPool() : BOUND_PER_PROCESSOR * processors,
                        devices().all(),
                        new Admission.Limits(config.queue(), config.queueTime().toNanos()),
                        warmth(config),
                        config.batchTarget().toNanos(),
                        new Spares.Bounds(config.spares(), config.spareTime().toNanos())),
                System::nanoTime,
                processes,
                processes);
        starter = processes;
        makeCache(processes);
        ticker.scheduleWithFixedDelay(() -> tick(assembled), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (devices().has(Device.GPU)) {
            ticker.scheduleWithFixedDelay(
                    () -> Thread.ofVirtual().name("gpu memory").start(() -> look(assembled, processes)),
                    GPU_LOOK_SECONDS,
                    GPU_LOOK_SECONDS,
                    TimeUnit.SECONDS);
        }
        return assembled;
    }

    /** Beside the first workers, which start without it. */
    private void makeCache(ProcessStarter processes) {
        SandboxCommand command = sandbox.command();
        AotCache cache = home.cache();
        if (config.aotCache() && command != null && !cache.present()) {
            Thread.ofVirtual()
                    .name("aot cache")
                    .start(() -> cache.make(
                            home.djl().training(),
                            command,
                            sandbox.groups(),
                            HostUsers.ofThisMachine(),
                            data.resolve("spares"),
                            processes::spawn));
        }
    }

    /** The driver takes its time to answer, which must not hold the regular look up. */
    private void look(Fleet assembled, ProcessStarter processes) {
        if (processes.onGpu()) {
            assembled.heldOnGpu(processes.sums(NvidiaSmi.byProcess(nvidia.held())));
        }
    }

    private static KeepWarm.Bounds warmth(WorkersConfig config) {
        long usual = config.idle().toNanos();
        return new KeepWarm.Bounds(
                usual,
                Math.min(usual, config.idleLeast().toNanos()),
                Math.max(usual, config.idleMost().toNanos()));
    }

    private static void tick(Fleet fleet) {
        try {
            fleet.tick();
        } catch (RuntimeException e) {
            LOG.error("The regular look at the workers failed; it goes on", e);
        }
    }

    /** Short, since a socket's path is limited, and closed to other users of the host. */
    private Path socketFolder() throws IOException {
        Path folder = data.resolve("run");
        if (folder.toString().length() > LONGEST_FOLDER) {
            folder = Files.createTempDirectory("algomat-");
            temporary = folder;
        } else {
            emptied(folder);
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        clean(folder);
        return folder;
    }

    private static void clean(Path folder) throws IOException {
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(java.util.Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
