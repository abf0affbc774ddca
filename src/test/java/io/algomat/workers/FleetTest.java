package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import io.algomat.runner.protocol.Failure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fleet's state machine at moments that real processes reach only by chance; time and processes are the test's. */
@Timeout(20)
class FleetTest {
    private final List<WorkerStarter.Events> started = new ArrayList<>();
    private final Deque<Worker.Reply> replies = new ArrayDeque<>();
    private long now = System.nanoTime();
    private int stopped;

    private final Fleet fleet =
            new Fleet(FleetForTests.limits(1), () -> now, (spec, events) -> started.add(events), SpareStarter.NONE);
    private final WorkerSpec spec = WorkersForTests.spec("one", "identity", Map.of(), Path.of("."));

    private final Worker worker = new Worker() {
        @Override
        public String name() {
            return "djl-1";
        }

        @Override
        public int largestBatch() {
            return 1;
        }

        @Override
        public long residentBytes() {
            return 0;
        }

        @Override
        public List<CompletableFuture<Reply>> begin(List<WorkerCall> calls) {
            Reply reply = replies.poll();
            if (reply == null) {
                return List.of(new CompletableFuture<>());
            }
            if (reply instanceof Reply.Failed) {
                started.getLast().spent();
            } else if (reply instanceof Reply.Result) {
                started.getLast().free();
            }
            return List.of(CompletableFuture.completedFuture(reply));
        }

        @Override
        public void abandon(UUID callId) {}

        @Override
        public void sweep(long nanoTime) {}

        @Override
        public void stop() {
            stopped++;
        }
    };

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    private Slot granted() {
        Ticket ticket = joined();
        if (ticket.run == null) {
            started.getLast().ready(worker);
        }
        return Objects.requireNonNull(ticket.run).slot();
    }

    private Ticket joined() {
        return fleet.enqueue(spec, WorkersForTests.call(Payload.text("x")), null);
    }

    private void rest() {
        fleet.free(granted());
        assertThat(fleet.readings().state("one").idle()).isEqualTo(1);
    }

    @Test
    void anExitThatOvertakesTheReleaseLeavesNoGhostBehind() {
        Slot slot = granted();
        started.getLast().exited();

        fleet.free(slot);
        joined();

        assertThat(started).as("a second worker is started").hasSize(2);
        assertThat(fleet.readings().state("one")).isEqualTo(new Workers.PoolState(1, 0, 0, 1));
    }

    @Test
    void aCallWhoseTimeIsOverOrWhoseCallerIsGoneNeverReachesItsWorker() {
        rest();
        now = System.nanoTime();
        WorkerCall gone = WorkersForTests.call(Payload.text("x"));
        gone.cancelled().complete(null);

        WorkerOutcome late = new DispatchCall(fleet, spec, WorkersForTests.call(Payload.text("x"), -1)).dispatch();
        assertThat(late).isInstanceOf(WorkerOutcome.Failed.class);
        assertThat(new DispatchCall(fleet, spec, gone).dispatch()).isInstanceOf(WorkerOutcome.Cancelled.class);
        Thread.currentThread().interrupt();
        assertThat(new DispatchCall(fleet, spec, WorkersForTests.call(Payload.text("x"))).dispatch())
                .isInstanceOf(WorkerOutcome.Cancelled.class);

        assertThat(fleet.readings().state("one")).isEqualTo(new Workers.PoolState(0, 1, 0, 0));
        assertThat(stopped).isZero();
    }

    @Test
    void aWorkerThatWasGoneBeforeItHadTheCallCostsNoAttempt() {
        WorkerSpec once = WorkersForTests.djl("one", "identity", Map.of(), Path.of("."), 64L << 20, true, false);
        rest();
        replies.add(new Worker.Reply.Lost(false));
        WorkerCall call = WorkersForTests.call(Payload.text("x"), 300);

        WorkerOutcome outcome = new DispatchCall(fleet, once, call).dispatch();

        // It waits for another worker, which this test never starts, instead of being called lost.
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WorkerOutcome.Failed.class,
                        failed -> assertThat(failed.errorType()).isEqualTo("TimeoutError"));
    }

    @Test
    void aWorkerThatRanOutOfMemoryGetsNoFurtherCall() {
        rest();
        replies.add(new Worker.Reply.Failed(new Failure(1, "OutOfMemoryError", "full", ""), ""));

        WorkerOutcome outcome = new DispatchCall(fleet, spec, WorkersForTests.call(Payload.text("x"))).dispatch();

        assertThat(outcome).isInstanceOf(WorkerOutcome.Failed.class);
        assertThat(stopped).isEqualTo(1);
        assertThat(fleet.readings().state("one")).isEqualTo(Workers.PoolState.NONE);
    }

    @Test
    void whoWaitsOrComesWhileTheGatewayStopsIsToldSo() {
        Ticket waiting = joined();

        fleet.close();

        assertThat(waiting.end.join()).isInstanceOf(Ticket.End.Stopping.class);
        assertThatThrownBy(() -> new DispatchCall(fleet, spec, WorkersForTests.call(Payload.text("x"))).dispatch())
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(problem.retryAfter()).isNotNull();
                });
        started.getLast().ready(worker);
        assertThat(stopped).as("the worker that was still starting").isEqualTo(1);
    }

    @Test
    void startsLossesAndColdStartsAreCounted() {
        joined();
        now += 250;
        started.getLast().ready(worker);
        started.getLast().exited();

        assertThat(fleet.counts().decisions(PoolDecision.Kind.STARTED)).isEqualTo(1);
        assertThat(fleet.counts().coldNanos()).isEqualTo(250);
        assertThat(fleet.counts().decisions(PoolDecision.Kind.LOST)).isEqualTo(1);
    }
}
