package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** cgroup v2: one hierarchy; groups are made below the one that the gateway was started in, which must be delegated. */
final class CgroupV2 implements ControlGroupDriver {
    /** Where the gateway itself goes: a group that has groups with limits below it may hold no processes. */
    static final String OWN = "algomat-gateway";

    private static final int WEIGHT = 100;
    private static final int LOW_PART = 16;
    private static final int MOST_WEIGHT = 10_000;

    private final Path base;
    private final Path folder;

    private CgroupV2(Path base, String name) {
        this.base = base;
        this.folder = base.resolve(name);
    }

    /** Null where memory and processes cannot be bounded this way. */
    static @Nullable CgroupV2 in(CgroupMounts mounts, String name) {
        Path own = mounts.second();
        if (own == null) {
            return null;
        }
        Path above = own.endsWith(OWN) ? own.getParent() : null;
        Path base = above == null ? own : above;
        List<String> controllers = Arrays.asList(
                GroupFile.text(base.resolve("cgroup.controllers")).strip().split(" "));
        boolean usable = controllers.containsAll(List.of("memory", "pids"))
                && Files.isWritable(base)
                && Files.isWritable(base.resolve("cgroup.procs"));
        return usable ? new CgroupV2(base, name) : null;
    }

    @Override
    public String version() {
        return "cgroup v2";
    }

    @Override
    public List<Path> folders() {
        return List.of(folder);
    }

    @Override
    public void prepare() throws IOException {
        Path switches = base.resolve("cgroup.subtree_control");
        try {
            enable(switches);
        } catch (IOException e) {
            moveAside();
            enable(switches);
        }
        enable(folder.resolve("cgroup.subtree_control"));
        int processors = java.lang.Runtime.getRuntime().availableProcessors();
        GroupFile.writeIfKnown(folder.resolve("cpu.weight"), Math.min(WEIGHT * processors, MOST_WEIGHT));
    }

    private static void enable(Path switches) throws IOException {
        GroupFile.write(switches, "+memory +pids");
        GroupFile.writeIfKnown(switches, "+cpu");
    }

    private void moveAside() throws IOException {
        Path aside = Files.createDirectories(base.resolve(OWN)).resolve("cgroup.procs");
        for (String pid : GroupFile.text(base.resolve("cgroup.procs")).lines().toList()) {
            // One that has ended since cannot be moved, and need not be.
            GroupFile.writeIfKnown(aside, pid);
        }
    }

    @Override
    public List<Path> entrances(String group) {
        return List.of(folder.resolve(group).resolve("cgroup.procs"));
    }

    @Override
    public void limit(String group, Limits limits) throws IOException {
        Path bounds = folder.resolve(group);
        GroupFile.write(bounds.resolve("memory.max"), limits.memoryBytes());
        GroupFile.writeIfKnown(bounds.resolve("memory.swap.max"), 0);
        GroupFile.writeIfKnown(bounds.resolve("memory.oom.group"), 1);
        GroupFile.write(bounds.resolve("pids.max"), limits.processes());
    }

    @Override
    public void weigh(String group, Weight weight) {
        int units = weight == Weight.LOW ? WEIGHT / LOW_PART : WEIGHT;
        GroupFile.writeIfKnown(folder.resolve(group).resolve("cpu.weight"), units);
    }

    @Override
    public GroupCounters.Files counters(String group) {
        Path counted = folder.resolve(group);
        return new GroupCounters.Files(
                counted.resolve("memory.events"),
                counted.resolve("pids.events"),
                counted.resolve("cpu.stat"),
                "usage_usec",
                1_000);
    }

    @Override
    public long memoryBytes(String group) {
        return GroupFile.number(folder.resolve(group).resolve("memory.current"));
    }
}
