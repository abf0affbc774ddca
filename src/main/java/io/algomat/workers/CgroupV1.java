package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** cgroup v1: a hierarchy for each controller, each with a folder of this gateway's groups. */
final class CgroupV1 implements ControlGroupDriver {
    private static final int SHARES = 1024;
    private static final int LOW_PART = 16;

    private final Path memory;
    private final Path pids;
    private final @Nullable Path cpu;
    private final @Nullable Path cpuacct;

    private CgroupV1(Path memory, Path pids, @Nullable Path cpu, @Nullable Path cpuacct) {
        this.memory = memory;
        this.pids = pids;
        this.cpu = cpu;
        this.cpuacct = cpuacct;
    }

    /** Null where memory and processes cannot be bounded this way. */
    static @Nullable CgroupV1 in(CgroupMounts mounts, String name) {
        Path memory = mounts.first("memory");
        Path pids = mounts.first("pids");
        if (memory == null || pids == null || !Files.isWritable(memory) || !Files.isWritable(pids)) {
            return null;
        }
        return new CgroupV1(
                memory.resolve(name),
                pids.resolve(name),
                writable(mounts.first("cpu"), name),
                writable(mounts.first("cpuacct"), name));
    }

    private static @Nullable Path writable(@Nullable Path folder, String name) {
        return folder != null && Files.isWritable(folder) ? folder.resolve(name) : null;
    }

    @Override
    public String version() {
        return "cgroup v1";
    }

    @Override
    public List<Path> folders() {
        // cpu and cpuacct are often one hierarchy.
        Set<Path> folders = new LinkedHashSet<>(List.of(memory, pids));
        if (cpu != null) {
            folders.add(cpu);
        }
        if (cpuacct != null) {
            folders.add(cpuacct);
        }
        return List.copyOf(folders);
    }

    @Override
    public void prepare() {
        GroupFile.writeIfKnown(memory.resolve("memory.use_hierarchy"), 1);
        if (cpu != null) {
            int processors = java.lang.Runtime.getRuntime().availableProcessors();
            GroupFile.writeIfKnown(cpu.resolve("cpu.shares"), SHARES * processors);
        }
    }

    @Override
    public List<Path> entrances(String group) {
        return folders().stream()
                .map(folder -> folder.resolve(group).resolve("cgroup.procs"))
                .toList();
    }

    @Override
    public void limit(String group, Limits limits) throws IOException {
        Path bounds = memory.resolve(group);
        Path both = bounds.resolve("memory.memsw.limit_in_bytes");
        // Memory with swap may never be the smaller of the two, whichever way the bound moves.
        GroupFile.writeIfKnown(both, limits.memoryBytes());
        GroupFile.write(bounds.resolve("memory.limit_in_bytes"), limits.memoryBytes());
        GroupFile.writeIfKnown(both, limits.memoryBytes());
        GroupFile.writeIfKnown(bounds.resolve("memory.swappiness"), 0);
        GroupFile.write(pids.resolve(group).resolve("pids.max"), limits.processes());
    }

    @Override
    public void weigh(String group, Weight weight) {
        if (cpu != null) {
            int shares = weight == Weight.LOW ? SHARES / LOW_PART : SHARES;
            GroupFile.writeIfKnown(cpu.resolve(group).resolve("cpu.shares"), shares);
        }
    }

    @Override
    public GroupCounters.Files counters(String group) {
        return new GroupCounters.Files(
                memory.resolve(group).resolve("memory.oom_control"),
                pids.resolve(group).resolve("pids.events"),
                cpuacct == null ? null : cpuacct.resolve(group).resolve("cpuacct.usage"),
                "",
                1);
    }

    @Override
    public long memoryBytes(String group) {
        return GroupFile.number(memory.resolve(group).resolve("memory.usage_in_bytes"));
    }
}
