package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver of cgroup v2 on a folder that looks like the kernel's; the version that this machine has runs in the abuse suite. */
class CgroupV2Test {
    private static final Limits LIMITS = new Limits(1 << 20, 0, Duration.ofSeconds(2), 0, 17, 0, 0);

    @TempDir
    Path tree;

    private Path own;

    @BeforeEach
    void delegated() throws IOException {
        own = Files.createDirectories(tree.resolve("user.slice/run.scope"));
        Files.writeString(own.resolve("cgroup.controllers"), "cpu io memory pids\n");
        Files.writeString(own.resolve("cgroup.procs"), "");
        Files.writeString(own.resolve("cgroup.subtree_control"), "");
    }

    private CgroupMounts mounts() {
        return new CgroupMounts(
                List.of(
                        "35 30 0:30 / /proc rw,nosuid shared:10 - proc proc rw",
                        "36 30 0:31 / " + tree + " rw,nosuid shared:11 - cgroup2 cgroup2 rw,nsdelegate"),
                List.of("0::/user.slice/run.scope"));
    }

    private KernelGroup group() throws IOException {
        ControlGroups groups = ControlGroups.of(CgroupV2.in(mounts(), "algomat-x"));
        return (KernelGroup) groups.create("python-1");
    }

    private Path file(String name) {
        return own.resolve("algomat-x/python-1-1").resolve(name);
    }

    @Test
    void groupsAreMadeBelowTheGatewaysOwnWithTheControllersSwitchedOn() throws IOException {
        KernelGroup group = group();

        assertThat(group.entrances()).containsExactly(file("cgroup.procs"));
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("+cpu");
        assertThat(own.resolve("algomat-x/cgroup.subtree_control")).hasContent("+cpu");
        int processors = java.lang.Runtime.getRuntime().availableProcessors();
        assertThat(own.resolve("algomat-x/cpu.weight")).hasContent(String.valueOf(100 * processors));
    }

    @Test
    void limitsAreWrittenInItsWords() throws IOException {
        group().limit(LIMITS);

        assertThat(file("memory.max")).hasContent("1048576");
        assertThat(file("memory.swap.max")).hasContent("0");
        assertThat(file("memory.oom.group")).hasContent("1");
        assertThat(file("pids.max")).hasContent("17");
    }

    @Test
    void whatWasHitSinceTheCallBeganIsToldByItsErrorType() throws IOException {
        KernelGroup group = group();
        group.limit(LIMITS);
        Files.writeString(file("memory.events"), "low 0\nmax 9\noom 3\noom_kill 3\noom_group_kill 0\n");
        Files.writeString(file("pids.events"), "max 4\n");
        Files.writeString(file("cpu.stat"), "usage_usec 5000000\nuser_usec 1\n");
        Files.writeString(file("memory.current"), "4096\n");
        group.begin();
        assertThat(group.exceeded()).as("all of it was before").isNull();
        assertThat(group.memoryBytes()).isEqualTo(4096);
        assertThat(group.cpuNanos()).isEqualTo(5_000_000_000L);

        Files.writeString(file("pids.events"), "max 5\n");
        assertThat(group.exceeded()).isEqualTo("ProcessLimitError");
        assertThat(group.exceeded()).as("told to all who ask").isEqualTo("ProcessLimitError");
        group.begin();
        assertThat(group.exceeded()).isNull();

        Files.writeString(file("memory.events"), "oom_kill 4\n");
        assertThat(group.exceeded()).isEqualTo("OutOfMemoryError");
        group.begin();

        Files.writeString(file("cpu.stat"), "usage_usec 7000001\n");
        assertThat(group.exceeded()).isEqualTo("CpuLimitError");
    }

    @Test
    void aCallThatComputesForLongGivesWayUntilItsWorkersNextCall() throws IOException {
        KernelGroup group = group();
        group.limit(LIMITS);
        Files.writeString(file("cpu.stat"), "usage_usec 1000000\n");
        group.begin();

        Files.writeString(file("cpu.stat"), "usage_usec 1200000\n");
        assertThat(group.exceeded()).isNull();
        assertThat(file("cpu.weight")).as("a fifth of a second is short").doesNotExist();
        Files.writeString(file("cpu.stat"), "usage_usec 1300000\n");
        assertThat(group.exceeded()).isNull();
        assertThat(file("cpu.weight")).hasContent("6");

        group.begin();
        assertThat(file("cpu.weight")).hasContent("100");
    }

    @Test
    void whatIsNotDelegatedIsNotUsed() throws IOException {
        Files.writeString(own.resolve("cgroup.controllers"), "cpu io\n");

        assertThat(CgroupV2.in(mounts(), "algomat-x")).isNull();
    }
}
