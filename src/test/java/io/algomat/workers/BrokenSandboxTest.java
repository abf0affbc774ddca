package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each wall really left out, one at a time: the self-test must see that it is missing, and publishers' code be refused. */
@Timeout(60)
class BrokenSandboxTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void openFolder() throws IOException {
        // The sandbox's own host user must reach the wrapper.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = Files.createDirectory(folder.resolve("data"));
    }

    private Sandbox sandbox(String bwrap, boolean filtered, ControlGroups groups, boolean groupsRequired) {
        RunnerHome home = new RunnerHome(WorkersForTests.config(data, Map.of()), data);
        Path filter = filtered ? data.resolve("sandbox-filter") : null;
        return new Sandbox(home, data, new SandboxCommand(bwrap, HostUsers.root(), filter), groups, groupsRequired);
    }

    /** A bubblewrap that is called with other arguments than it was given. */
    private String wrapper(String... lines) throws IOException {
        Path script = Files.writeString(folder.resolve("bwrap"), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private SandboxReport reportOf(String bwrap, boolean filtered) {
        ControlGroups groups = ControlGroups.ofThisMachine(data);
        try {
            Sandbox sandbox = sandbox(bwrap, filtered, groups, true);
            refusesCode(sandbox);
            return sandbox.report();
        } finally {
            groups.close();
        }
    }

    private WorkerSpec code() {
        return new WorkerSpec(
                "code",
                Runtime.PYTHON,
                "src/Hello.py",
                Map.of(),
                data,
                null,
                "cpu",
                Reuse.PER_CALLER,
                Limits.of(256L << 20),
                false,
                false);
    }

    private void refusesCode(Sandbox sandbox) {
        assertThatThrownBy(() -> sandbox.admit(code())).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.SANDBOX_UNAVAILABLE);
            assertThat(problem.detail())
                    .contains(sandbox.report().reason(), sandbox.report().remedy());
        });
    }

    private static void leaksOnly(SandboxReport report, String... names) {
        assertThat(report.available()).isFalse();
        assertThat(report.attempts())
                .filteredOn(attempt -> !attempt.held())
                .extracting(SandboxReport.Attempt::name)
                .containsExactlyInAnyOrder(names);
    }

    @Test
    void noBubblewrap() {
        SandboxReport report = reportOf("/nowhere/bwrap", true);

        assertThat(report).isEqualTo(SandboxReport.none("bubblewrap is not installed", "apt-get install bubblewrap"));
    }

    @Test
    void noUserNamespaces() throws IOException {
        // Within a namespace of its own the kernel takes the same setting that a machine may have.
        String bwrap = wrapper(
                "exec unshare -U -r sh -c 'echo 0 > /proc/sys/user/max_user_namespaces && exec bwrap \"$@\"' bwrap \"$@\"");

        SandboxReport report = reportOf(bwrap, true);

        assertThat(report.available()).isFalse();
        assertThat(report.reason())
                .startsWith("bubblewrap cannot build one (bwrap: ")
                .contains("namespace");
        assertThat(report.remedy()).contains("user namespaces");
    }

    @Test
    void noFilterOfSystemCalls() throws IOException {
        SandboxReport report = reportOf("bwrap", false);

        assertThat(report.available()).isFalse();
        assertThat(report.attempts())
                .filteredOn(attempt -> !attempt.held())
                .extracting(SandboxReport.Attempt::name)
                .contains("keep keys in the kernel", "be traced", "gain rights");
    }

    @Test
    void noControlGroups() {
        Sandbox strict = sandbox("bwrap", true, ControlGroups.none(), true);
        Sandbox lenient = sandbox("bwrap", true, ControlGroups.none(), false);

        refusesCode(strict);
        assertThat(strict.report().available())
                .as("models without code still run")
                .isTrue();
        assertThat(strict.report().remedy()).contains("Delegate=yes");
        assertThat(lenient.admit(code()).reuse()).isEqualTo(Reuse.PER_CALL);
        WorkerSpec model = WorkersForTests.spec("model", "identity", Map.of(), data);
        assertThat(strict.admit(model)).isSameAs(model);
    }

    @Test
    void aLeakOfTheEnvironment() throws IOException {
        String bwrap =
                wrapper("for a; do shift; [ \"$a\" = --clearenv ] || set -- \"$@\" \"$a\"; done", "exec bwrap \"$@\"");

        leaksOnly(reportOf(bwrap, true), "read the gateway's environment");
    }

    @Test
    void theNetworkOn() throws IOException {
        String bwrap = wrapper(
                "for a; do shift; set -- \"$@\" \"$a\"; [ \"$a\" != --unshare-all ] || set -- \"$@\" --share-net; done",
                "exec bwrap \"$@\"");

        leaksOnly(reportOf(bwrap, true), "reach the network");
    }

    @Test
    void aSandboxInWhichNothingRunsIsNone() throws IOException {
        SandboxReport report = reportOf(wrapper("exit 0"), true);

        assertThat(report.available()).isFalse();
        assertThat(report.attempts()).isEmpty();
    }

    @Test
    void theWholeOneTakesCode() {
        ControlGroups groups = ControlGroups.ofThisMachine(data);
        try {
            Sandbox whole = sandbox("bwrap", true, groups, true);
            assertThatCode(() -> whole.admit(code())).doesNotThrowAnyException();
            assertThat(whole.admit(code()).reuse()).isEqualTo(Reuse.PER_CALLER);
        } finally {
            groups.close();
        }
    }
}
