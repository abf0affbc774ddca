package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What workers leave behind: nothing. */
@Timeout(60)
class LeftoversTest {
    @TempDir
    Path data;

    private Workers workers;

    @AfterEach
    void stop() {
        workers.stop();
    }

    private WorkerOutcome call(String pool, Map<String, String> options) {
        WorkerSpec spec = WorkersForTests.djl(pool, "identity", options, data, 64L << 20, true, true);
        return workers.call(spec, WorkersForTests.call(Payload.text("x")));
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static long sockets() throws IOException {
        long count = 0;
        for (Path descriptor : in(Path.of("/proc/self/fd"))) {
            try {
                count += Files.readSymbolicLink(descriptor).toString().startsWith("socket:") ? 1 : 0;
            } catch (IOException e) {
                // The descriptor of the listing itself is closed by now.
            }
        }
        return count;
    }

    @Test
    void aWorkerThatCannotLoadLeavesNoSocketAndNoFolder() throws IOException {
        workers = WorkersForTests.in(data, Map.of("algomat.workers.bwrap", "/nowhere/bwrap"));
        assertThat(call("whole", Map.of())).isInstanceOf(WorkerOutcome.Succeeded.class);
        long before = sockets();

        for (int i = 0; i < 3; i++) {
            assertThat(call("broken-" + i, Map.of("delay_ms", "soon"))).isInstanceOf(WorkerOutcome.Failed.class);
        }

        await().until(() -> in(data.resolve("run")).isEmpty());
        await().untilAsserted(() -> assertThat(sockets()).isEqualTo(before));
    }

    @Test
    void olderStagingsOfTheRunnerAreRemoved() throws IOException {
        Path old = Files.createDirectories(data.resolve("runner/0a0b0c0d/lib"));
        Files.writeString(old.resolve("old.jar"), "old");
        Files.createDirectories(data.resolve("runner/staging-1/native"));
        workers = WorkersForTests.in(data, Map.of("algomat.workers.bwrap", "/nowhere/bwrap"));

        assertThat(call("fresh", Map.of())).isInstanceOf(WorkerOutcome.Succeeded.class);

        assertThat(in(data.resolve("runner"))).hasSize(1).allMatch(path -> Files.exists(path.resolve("lib")));
        assertThat(old).doesNotExist();
    }

    @Test
    void askingWhereAPoolStandsPreparesNothingAndAStoppedGatewayStartsNothing() {
        workers = WorkersForTests.in(data, Map.of("algomat.workers.bwrap", "/nowhere/bwrap"));

        assertThat(workers.state("none")).isEqualTo(Workers.PoolState.NONE);
        workers.drain("none");
        assertThat(data.resolve("run")).doesNotExist();
        workers.stop();

        assertThatThrownBy(() -> call("late", Map.of()))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(data.resolve("run")).doesNotExist();
    }
}
