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
    /** A call that has computed so long gives way to those that have not: who waits a second is hurt less by another. */
    private static final long LONG_NANOS = 250_000_000;

    private final ControlGroupDriver driver;
    private final String name;
    private long seenKills;
    private long seenRefusals;
    /** What it had counted when it was removed: the death of a process is often told of after that. */
    private @Nullable Counts last;

    private final GroupCounters counters;
    private ControlGroupDriver.Weight weight = ControlGroupDriver.Weight.USUAL;
    private long cpuAtBegin;
    private long cpuLimit = Long.MAX_VALUE;

    private record Counts(long kills, long refusals, long cpuNanos) {}

    KernelGroup(ControlGroupDriver driver, String name) {
        this.driver = driver;
        this.name = name;
        this.counters = new GroupCounters(driver.counters(name));
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
        weigh(ControlGroupDriver.Weight.USUAL);
    }

    private void weigh(ControlGroupDriver.Weight wanted) {
        if (weight != wanted) {
            weight = wanted;
            driver.weigh(name, wanted);
        }
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
        long used = counts.cpuNanos - cpuAtBegin;
        if (used > LONG_NANOS) {
            weigh(ControlGroupDriver.Weight.LOW);
        }
        return used > cpuLimit ? "CpuLimitError" : null;
    }

    private Counts counts() {
        Counts present = last;
        return present == null ? new Counts(counters.kills(), counters.refusals(), counters.cpuNanos()) : present;
    }

    @Override
    public long memoryBytes() {
        return driver.memoryBytes(name);
    }

    @Override
    public synchronized long cpuNanos() {
        return counts().cpuNanos;
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
            counters.close();
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
