package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sandboxes that wait for a version, as real processes. */
@Timeout(60)
class SpareSandboxTest {
    @TempDir
    Path data;

    private Workers workers;

    /** What other tests have left running. */
    private Set<Long> others = Set.of();

    @BeforeEach
    void start() {
        others = processes().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        workers = WorkersForTests.in(data, Map.of("algomat.workers.spares", "1"));
    }

    @AfterEach
    void stop() {
        workers.stop();
    }

    /** The small graph of numbers needs its file from the bundle. */
    private WorkerSpec spec(String pool) throws IOException {
        Path bundle = Files.createDirectories(data.resolve("bundles").resolve(pool));
        Files.copy(
                WorkersForTests.SAMPLES.resolve("vision-digits/labels.txt"),
                bundle.resolve("labels.txt"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(Files.createDirectories(bundle.resolve("deep/er")).resolve("of-" + pool), "secret");
        return WorkersForTests.spec(pool, "identity", Map.of(), bundle);
    }

    private Timing called(String pool) throws IOException {
        WorkerOutcome outcome = workers.call(spec(pool), WorkersForTests.call(Payload.text("x")));
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return outcome.timing();
    }

    private Fleet fleet() {
        Fleet fleet = workers.fleet();
        assertThat(fleet).isNotNull();
        return fleet;
    }

    private void spareIsThere() {
        await().atMost(Duration.ofSeconds(20)).until(() -> fleet().readings().spares() == 1);
    }

    private List<ProcessHandle> processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(each -> !others.contains(each.pid()))
                .filter(each -> each.info().command().orElse("").equals(SandboxCommand.JDK + "/bin/java"))
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
    }

    private static Path rootOf(ProcessHandle process) {
        return Path.of("/proc/" + process.pid() + "/root");
    }

    private static List<String> algo(ProcessHandle process) throws IOException {
        try (Stream<Path> files = Files.walk(rootOf(process).resolve("algo"))) {
            return files.filter(Files::isRegularFile)
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theSecondVersionBeginsInASandboxThatWasThere() throws IOException {
        called("first");
        spareIsThere();
        ProcessHandle spare = processes().getLast();
        assertThat(algo(spare)).as("it sees no bundle").isEmpty();

        called("second");

        assertThat(fleet().counts().sparesUsed()).isEqualTo(1);
        assertThat(algo(spare)).containsExactly("labels.txt", "of-second");
        assertThat(fleet().readings().views(java.time.Instant.EPOCH))
                .filteredOn(view -> view.pool().equals("second"))
                .first()
                .satisfies(view -> assertThat(view.decisions().getFirst().why()).endsWith("; a sandbox was ready"));
        spareIsThere();
        assertThat(processes()).as("a new one, beside two workers").hasSize(3);
    }

    @Test
    void aSandboxThatWaitsCanWriteNothingButItsOwnTemporaryFiles() throws Exception {
        called("first");
        spareIsThere();
        ProcessHandle spare = processes().getLast();

        String mounts = Files.readString(Path.of("/proc/" + spare.pid() + "/mounts"), StandardCharsets.UTF_8);
        List<String> algo =
                mounts.lines().filter(line -> line.contains(" /algo ")).toList();
        assertThat(algo).hasSize(1);
        assertThat(algo.getFirst().split(" ")[3].split(",")).contains("ro", "nosuid", "nodev");
        assertThat(mounts.lines()
                        .filter(line -> line.split(" ")[3].startsWith("rw"))
                        .map(line -> line.split(" ")[1]))
                .allMatch(target -> target.equals("/tmp") || target.equals("/proc") || target.startsWith("/dev"));
        try (Stream<Path> folders = Files.list(data.resolve("spares"))) {
            assertThat(folders).singleElement().satisfies(folder -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwxr-xr-x");
                assertThat(Files.getOwner(folder)).isEqualTo(Files.getOwner(data));
            });
        }
    }

    @Test
    void oneThatDiedIsReplacedAndTheCallStillRuns() throws IOException {
        called("first");
        spareIsThere();
        processes().getLast().destroyForcibly();

        assertThat(called("second").attempts()).isEqualTo(1);
    }

    @Test
    void anotherKindOfWorkerDoesNotBeginInIt() throws IOException {
        called("first");
        spareIsThere();
        WorkerSpec other = spec("other");
        Limits limits = other.limits();
        WorkerSpec larger = new WorkerSpec(
                "other",
                other.runtime(),
                other.task(),
                other.options(),
                other.artifact(),
                null,
                "cpu",
                other.reuse(),
                new Limits(
                        limits.memoryBytes(), 0, limits.cpu(), 128L << 20, limits.processes(), limits.openFiles(), 0),
                false,
                true);

        workers.call(larger, WorkersForTests.call(Payload.text("x")));

        assertThat(fleet().counts().sparesUsed()).isZero();
    }

    @Test
    void noneIsLeftWhenTheGatewayStops() throws IOException {
        called("first");
        spareIsThere();
        List<ProcessHandle> before = processes();

        workers.stop();

        await().atMost(Duration.ofSeconds(10)).until(() -> before.stream().noneMatch(ProcessHandle::isAlive));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> Files.list(data.resolve("spares")).findAny().isEmpty());
    }
}
