package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The walls around a worker, looked at from the host and from inside. */
@Timeout(60)
class SandboxTest {
    @TempDir
    Path data;

    private final List<Workers> started = new ArrayList<>();
    private Path artifact;

    @BeforeEach
    void bundle() throws IOException {
        artifact = Files.createDirectory(data.resolve("bundle"));
        Files.writeString(artifact.resolve("secret.txt"), "the bundle's own");
    }

    @AfterEach
    void stop() {
        started.forEach(Workers::stop);
    }

    private Workers start(Map<String, String> settings) {
        Workers workers = WorkersForTests.in(data, settings);
        started.add(workers);
        return workers;
    }

    private ProcessHandle workerOf(Workers workers, String pool) {
        List<ProcessHandle> before = Processes.workers();
        WorkerSpec spec = WorkersForTests.spec(pool, "identity", Map.of(), artifact);
        assertThat(workers.call(spec, WorkersForTests.call(Payload.text("x"))))
                .isInstanceOf(WorkerOutcome.Succeeded.class);
        return Processes.newcomer(before);
    }

    private static String hostUser(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("Uid:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSelfTestTriesAtLeastTwelveThingsAndAllAreRefused() {
        SandboxReport report = start(Map.of()).sandbox();

        assertThat(report.attempts()).hasSizeGreaterThanOrEqualTo(12).allMatch(SandboxReport.Attempt::held, "refused");
        assertThat(report.reason()).contains("no network");
        assertThat(report.available()).isTrue();
        assertThat(report.code()).isTrue();
        assertThat(report.remedy()).isEmpty();
    }

    @Test
    void aWorkerIsNeverRootOnTheHostAndNoTwoShareAUser() throws IOException {
        Workers workers = start(Map.of());

        String one = hostUser(workerOf(workers, "one"));
        String two = hostUser(workerOf(workers, "two"));

        assertThat(one.split("\\s+")).doesNotContain("0");
        if (HostUsers.root()) {
            assertThat(two).isNotEqualTo(one);
        }
    }

    @Test
    void aWorkerSeesItsBundleAndNothingElseOfTheHost() throws IOException {
        ProcessHandle worker = workerOf(start(Map.of()), "walls");
        assumeThat(HostUsers.root())
                .as("only root may look into another user's process")
                .isTrue();
        Path proc = Path.of("/proc/" + worker.pid());
        Path root = proc.resolve("root");

        assertThat(root.resolve("algo/secret.txt")).hasContent("the bundle's own");
        for (String hidden : List.of("etc/shadow", "etc/passwd", "root", "home", "usr/bin", "var", data.toString())) {
            assertThat(root.resolve(
                            Path.of("/").relativize(Path.of("/" + hidden).normalize())))
                    .doesNotExist();
        }
        String environment = Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
        assertThat(environment.split("\0")).allMatch(variable -> variable.matches("(LANG|PWD)=.*"));
        for (String namespace : List.of("net", "pid", "mnt", "ipc", "uts", "user")) {
            assertThat(Files.readSymbolicLink(proc.resolve("ns/" + namespace)))
                    .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/" + namespace)));
        }
        assertThat(Files.readAllLines(proc.resolve("net/dev")).stream().skip(2))
                .as("network interfaces")
                .allMatch(line -> line.strip().startsWith("lo:"));
    }

    @Test
    void foldersThatAreClosedToOtherUsersStillReachTheWorker() throws IOException {
        Path closed = Files.createDirectory(
                data.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path inside = Files.createDirectory(closed.resolve("bundle"));
        Path settings = Files.writeString(inside.resolve("model.onnx"), "no graph");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-------"));
        WorkerSpec spec = WorkersForTests.spec("closed", "tensor", Map.of(), inside);

        WorkerOutcome outcome = start(Map.of()).call(spec, WorkersForTests.call(Payload.json("{}")));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WorkerOutcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .contains("'model.onnx' is no model that ONNX Runtime can load"));
        assertThat(Files.getPosixFilePermissions(closed)).hasSize(3);
    }

    @Test
    void withoutBubblewrapTheSitesOwnRunAndUploadsAreRefusedWithTheRemedy() {
        Workers workers = start(Map.of("algomat.workers.bwrap", "/nowhere/bwrap"));
        WorkerSpec upload = WorkersForTests.spec("upload", "identity", Map.of(), artifact);
        WorkerSpec own = WorkersForTests.djl("own", "identity", Map.of(), artifact, 64L << 20, true, true);

        assertThat(workers.sandbox())
                .isEqualTo(SandboxReport.none("bubblewrap is not installed", "apt-get install bubblewrap"));
        assertThatThrownBy(() -> workers.call(upload, WorkersForTests.call(Payload.text("x"))))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.SANDBOX_UNAVAILABLE);
                    assertThat(problem.detail()).contains("apt-get install bubblewrap");
                });
        assertThat(workers.call(own, WorkersForTests.call(Payload.text("x"))))
                .isInstanceOf(WorkerOutcome.Succeeded.class);
    }
}
