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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pools of real workers against their limits. */
@Timeout(60)
class PoolLimitsTest {
    @TempDir
    Path data;

    private Workers workers;
    private Path artifact;

    @BeforeEach
    void bundle() throws IOException {
        artifact = Files.createDirectory(data.resolve("bundle"));
    }

    @AfterEach
    void stop() {
        workers.stop();
    }

    private void start(Map<String, String> settings) {
        workers = WorkersForTests.in(data, settings);
    }

    private WorkerSpec echo(String pool, int delayMillis) {
        return WorkersForTests.spec(pool, "identity", Map.of("delay_ms", Integer.toString(delayMillis)), artifact);
    }

    private WorkerOutcome call(String pool) {
        return workers.call(echo(pool, 0), WorkersForTests.call(Payload.text(pool)));
    }

    @Test
    void anIdleWorkerIsStoppedAndTheNextCallStartsAnother() {
        start(Map.of("algomat.workers.idle", "PT0.5S"));
        List<ProcessHandle> before = Processes.workers();
        call("idle");
        ProcessHandle process = Processes.newcomer(before);

        await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());

        assertThat(workers.state("idle").warm()).isFalse();
        assertThat(call("idle")).isInstanceOfSatisfying(WorkerOutcome.Succeeded.class, again -> {
            assertThat(again.timing().worker()).isEqualTo("djl-2");
            assertThat(again.timing().coldNanos()).isPositive();
        });
    }

    @Test
    void theLongestIdleWorkerMakesRoomForAnotherPool() {
        start(Map.of("algomat.workers.memory-mb", "600"));
        call("one");
        call("two");
        call("one");

        assertThat(call("three")).isInstanceOf(WorkerOutcome.Succeeded.class);

        assertThat(workers.state("one").warm()).isTrue();
        assertThat(workers.state("two").warm()).isFalse();
        assertThat(workers.state("three").warm()).isTrue();
    }

    @Test
    void whatTheMachineCanNeverHoldIsRefusedAtOnce() {
        start(Map.of("algomat.workers.memory-mb", "100"));

        assertThatThrownBy(() -> call("large")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.OVERLOADED);
            assertThat(problem.detail()).contains("256 MB").contains("100 MB");
        });
    }

    @Test
    void aCallerWhoFillsTheQueueIsRefusedWithATimeToComeBack() {
        start(Map.of("algomat.workers.max-per-pool", "1", "algomat.workers.queue", "1"));
        WorkerCall running = WorkersForTests.call(Payload.text("running"));
        WorkerCall waiting = WorkersForTests.call(Payload.text("waiting"));
        Thread.ofVirtual().start(() -> workers.call(echo("full", 60_000), running));
        await().until(() -> workers.state("full").busy() == 1);
        Thread.ofVirtual().start(() -> workers.call(echo("full", 60_000), waiting));
        await().until(() -> workers.state("full").queued() == 1);

        assertThatThrownBy(() -> call("full")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(problem.retryAfter()).isPositive();
        });
    }

    @Test
    void callsThatWaitTooLongGetAnotherWorker() {
        start(Map.of("algomat.workers.max-per-pool", "2"));
        Set<String> names = ConcurrentHashMap.newKeySet();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                callers.execute(() -> names.add(workers.call(echo("wide", 700), WorkersForTests.call(Payload.text("x")))
                        .timing()
                        .worker()));
            }
        }

        assertThat(names).hasSize(2);
    }

    @Test
    void aDrainedPoolEndsTheCallInHandAndStops() throws Exception {
        start(Map.of());
        List<ProcessHandle> before = Processes.workers();
        WorkerCall call = WorkersForTests.call(Payload.text("in hand"));
        var outcome = new java.util.concurrent.CompletableFuture<WorkerOutcome>();
        Thread.ofVirtual().start(() -> outcome.complete(workers.call(echo("drained", 1_000), call)));
        await().until(() -> workers.state("drained").busy() == 1);
        ProcessHandle process = Processes.newcomer(before);

        workers.drain("drained");

        assertThat(outcome.get()).isInstanceOf(WorkerOutcome.Succeeded.class);
        await().until(() -> !process.isAlive());
        assertThat(workers.state("drained").warm()).isFalse();
    }

    @Test
    void aWorkerThatCannotLoadIsNotStartedAgainForEveryCall() {
        start(Map.of());
        WorkerSpec broken = WorkersForTests.spec("broken", "identity", Map.of("delay_ms", "soon"), artifact);
        for (int i = 0; i < 20; i++) {
            assertThat(workers.call(broken, WorkersForTests.call(Payload.text("x"))))
                    .isInstanceOfSatisfying(
                            WorkerOutcome.Failed.class,
                            failed -> assertThat(failed.errorType()).isEqualTo("LoadingError"));
        }
        WorkerOutcome.Succeeded other = (WorkerOutcome.Succeeded) call("other");

        assertThat(Integer.parseInt(other.timing().worker().substring("djl-".length())))
                .as("workers started for twenty calls and one more")
                .isLessThan(6);
    }
}
