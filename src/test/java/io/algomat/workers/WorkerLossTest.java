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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a call when its worker goes away, hangs, or is not wanted any more. */
@Timeout(60)
class WorkerLossTest {
    @TempDir
    Path data;

    private Workers workers;
    private Path artifact;

    @BeforeEach
    void start() throws IOException {
        workers = WorkersForTests.in(data, Map.of("algomat.workers.max-per-pool", "1"));
        artifact = Files.createDirectory(data.resolve("bundle"));
        // Deadlines below are for the calls, not for unpacking the runner and trying the sandbox out.
        workers.sandbox();
    }

    @AfterEach
    void stop() {
        workers.stop();
    }

    private WorkerSpec slow(int millis) {
        return WorkersForTests.spec("slow", "identity", Map.of("delay_ms", Integer.toString(millis)), artifact);
    }

    private CompletableFuture<WorkerOutcome> later(WorkerSpec spec, WorkerCall call) {
        CompletableFuture<WorkerOutcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(workers.call(spec, call));
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private void awaitBusy() {
        await().until(() -> workers.state("slow").busy() == 1);
    }

    @Test
    void aCallWhoseWorkerIsKilledRunsOnAnother() throws Exception {
        List<ProcessHandle> before = Processes.workers();
        CompletableFuture<WorkerOutcome> call = later(slow(700), WorkersForTests.call(Payload.text("kept")));
        awaitBusy();
        Processes.kill(Processes.newcomer(before));

        WorkerOutcome outcome = call.get(20, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOfSatisfying(WorkerOutcome.Succeeded.class, succeeded -> {
            assertThat(succeeded.output().utf8()).isEqualTo("kept");
            assertThat(succeeded.timing().attempts()).isEqualTo(2);
            assertThat(succeeded.timing().worker()).isEqualTo("djl-2");
        });
    }

    @Test
    void aCallThatLosesTwoWorkersIsNotTriedAThirdTime() {
        List<ProcessHandle> before = Processes.workers();
        CompletableFuture<WorkerOutcome> call = later(slow(5_000), WorkersForTests.call(Payload.text("lost")));
        awaitBusy();
        ProcessHandle first = Processes.newcomer(before);
        Processes.kill(first);
        await().until(() -> !first.isAlive());
        ProcessHandle second = Processes.newcomer(before);
        awaitBusy();
        Processes.kill(second);

        assertLost(call, "Two workers died");
        await().until(() -> workers.state("slow").busy() == 0);
    }

    @Test
    void aCallThatIsNotSafeToRunTwiceIsNotRetried() {
        WorkerSpec safe = slow(5_000);
        WorkerSpec once = new WorkerSpec(
                safe.pool(),
                safe.runtime(),
                safe.task(),
                safe.options(),
                artifact,
                null,
                safe.device(),
                safe.reuse(),
                safe.limits(),
                false,
                false);
        List<ProcessHandle> before = Processes.workers();
        CompletableFuture<WorkerOutcome> call = later(once, WorkersForTests.call(Payload.text("lost")));
        awaitBusy();
        Processes.kill(Processes.newcomer(before));

        assertLost(call, "not safe to run twice");
    }

    private static void assertLost(CompletableFuture<WorkerOutcome> call, String part) {
        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.WORKER_LOST);
                    assertThat(problem.detail()).contains(part);
                });
    }

    @Test
    void aCallPastItsDeadlineEndsAndItsWorkerServesOn() {
        WorkerOutcome late = workers.call(slow(60_000), WorkersForTests.call(Payload.text("late"), 8_000));

        assertTimedOut(late, "did not end in time");
        assertThat(late.timing().worker()).isEqualTo("djl-1");
        await().until(() -> workers.state("slow").idle() == 1);
    }

    @Test
    void aFrozenWorkerIsKilledAtTheDeadline() throws Exception {
        List<ProcessHandle> before = Processes.workers();
        CompletableFuture<WorkerOutcome> call = later(slow(60_000), WorkersForTests.call(Payload.text("stuck"), 8_000));
        awaitBusy();
        ProcessHandle frozen = Processes.newcomer(before);
        new ProcessBuilder("kill", "-STOP", Long.toString(frozen.pid())).start().waitFor();

        assertTimedOut(call.get(20, TimeUnit.SECONDS), "did not end in time");
        await().until(() -> !frozen.isAlive());
    }

    @Test
    void aCallThatWaitsPastItsDeadlineIsNeverStarted() throws Exception {
        CompletableFuture<WorkerOutcome> first = later(slow(2_000), WorkersForTests.call(Payload.text("first")));
        awaitBusy();

        WorkerOutcome second = workers.call(slow(2_000), WorkersForTests.call(Payload.text("second"), 200));

        assertTimedOut(second, "waited for a worker");
        assertThat(second.timing()).isEqualTo(Timing.NONE);
        assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(WorkerOutcome.Succeeded.class);
        assertThat(workers.state("slow")).isEqualTo(new Workers.PoolState(0, 1, 0, 0));
    }

    private static void assertTimedOut(WorkerOutcome outcome, String part) {
        assertThat(outcome).isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
            assertThat(failed.errorType()).isEqualTo("TimeoutError");
            assertThat(failed.message()).contains(part);
        });
    }

    @Test
    void aCallerWhoGoesAwayCancelsTheCallAndFreesTheWorker() throws Exception {
        WorkerCall call = WorkersForTests.call(Payload.text("gone"));
        CompletableFuture<WorkerOutcome> running = later(slow(60_000), call);
        awaitBusy();
        WorkerCall waiting = WorkersForTests.call(Payload.text("gone too"));
        CompletableFuture<WorkerOutcome> queued = later(slow(60_000), waiting);
        await().until(() -> workers.state("slow").queued() == 1);

        waiting.cancelled().complete(null);
        assertThat(queued.get(5, TimeUnit.SECONDS)).isInstanceOf(WorkerOutcome.Cancelled.class);
        call.cancelled().complete(null);
        assertThat(running.get(5, TimeUnit.SECONDS)).isInstanceOf(WorkerOutcome.Cancelled.class);

        await().until(() -> workers.state("slow").idle() == 1);
    }

    @Test
    void aCallerWhoIsInterruptedCostsNoWorker() throws Exception {
        CompletableFuture<WorkerOutcome> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        WorkerCall call = WorkersForTests.call(Payload.text("interrupted"));
        Thread caller = Thread.ofVirtual().start(() -> {
            outcome.complete(workers.call(slow(60_000), call));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        awaitBusy();

        caller.interrupt();

        assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(WorkerOutcome.Cancelled.class);
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
        await().until(() -> workers.state("slow").idle() == 1);
    }

    @Test
    void callsInHandAndInTheQueueAreToldThatTheGatewayStops() {
        CompletableFuture<WorkerOutcome> running = later(slow(60_000), WorkersForTests.call(Payload.text("running")));
        awaitBusy();
        CompletableFuture<WorkerOutcome> queued = later(slow(60_000), WorkersForTests.call(Payload.text("queued")));
        await().until(() -> workers.state("slow").queued() == 1);

        workers.stop();

        for (CompletableFuture<WorkerOutcome> call : List.of(running, queued)) {
            assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.code()).isEqualTo(ErrorCode.OVERLOADED);
                        assertThat(problem.detail()).isEqualTo("The gateway is stopping");
                        assertThat(problem.retryAfter()).isPositive();
                    });
        }
    }
}
