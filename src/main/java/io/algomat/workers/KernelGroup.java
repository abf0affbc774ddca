package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A control group of the kernel, through the driver of its version. */
final class KernelGroup implements ControlGroup {
    private static final Logger LOG = Logger.getLogger(KernelGroup.class);
    private static final int TRIES = 200;
    private static final long PAUSE_NANOS = 5_000_000;

    private final ControlGroupDriver driver;
    private final String name;
    private long seenKills;
    private long seenRefusals;
    /** What it had counted when it was removed: the death of a process is often told of after that. */
    private @Nullable Counts last;

    private long cpuAtBegin;
    private long cpuLimit = Long.MAX_VALUE;

    private record Counts(long kills, long refusals, long cpuNanos) {}

    KernelGroup(ControlGroupDriver driver, String name) {
        this.driver = driver;
        this.name = name;
    }

    @Override
    public List<Path> entrances() {
        return driver.entrances(name);
    }

    @Override
    public synchronized void limit(Limits limits) {
        cpuLimit = limits.cpu().toNanos();
        try {
            driver.limit(name, limits);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The limits of " + name + " cannot be set", e);
        }
    }

    @Override
    public synchronized void begin() {
        Counts counts = counts();
        seenKills = counts.kills;
        seenRefusals = counts.refusals;
        cpuAtBegin = counts.cpuNanos;
    }

    @Override
    public synchronized @Nullable String exceeded() {
        Counts counts = counts();
        boolean killed = counts.kills > seenKills;
        boolean refused = counts.refusals > seenRefusals;
        if (killed) {
            return "OutOfMemoryError";
        }
        if (refused) {
            return "ProcessLimitError";
        }
        return counts.cpuNanos - cpuAtBegin > cpuLimit ? "CpuLimitError" : null;
    }

    private Counts counts() {
        Counts present = last;
        return present == null
                ? new Counts(driver.memoryKills(name), driver.refusedProcesses(name), driver.cpuNanos(name))
                : present;
    }

    @Override
    public long memoryBytes() {
        return driver.memoryBytes(name);
    }

    @Override
    public long cpuNanos() {
        return driver.cpuNanos(name);
    }

    @Override
    public void kill() {
        for (Path entrance : driver.entrances(name)) {
            GroupFile.text(entrance).lines().forEach(KernelGroup::kill);
        }
    }

    /** A process id of another namespace reads as 0. */
    private static void kill(String pid) {
        if (!pid.equals("0")
                && !pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            last = counts();
        }
        for (int i = 0; i < TRIES && !removed(); i++) {
            kill();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean removed() {
        boolean all = true;
        for (Path folder : driver.folders()) {
            try {
                Files.deleteIfExists(folder.resolve(name));
            } catch (IOException e) {
                LOG.tracef("%s is still in use", folder.resolve(name));
                all = false;
            }
        }
        return all;
    }
}
