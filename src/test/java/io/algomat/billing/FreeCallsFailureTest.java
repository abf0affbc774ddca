package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of free calls when their ledger fails. */
class FreeCallsFailureTest {
    private static final Price NOTHING = new Price(Credits.ZERO, Credits.ZERO, 1500);

    private final FaultyStore store = new FaultyStore();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    /** Nobody waits in it. */
    private final Watch watch = new Watch() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public boolean pause(Duration time) {
            pauses.add(time);
            return true;
        }

        @Override
        public boolean acquire(Lock lock, Duration most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos) {
            throw new UnsupportedOperationException();
        }
    };

    private final FreeCalls calls = new FreeCalls(
            new CommitCharge(store), registry, watch, Thread.ofVirtual().factory());

    @AfterEach
    void end() throws InterruptedException {
        store.gate.countDown();
        calls.stop();
    }

    private UUID add() {
        HoldRequest request = Calls.of(1, 1, NOTHING, 1000, false);
        calls.add(List.of(new Due(request, Credits.ZERO, Cost.of(request, 1))));
        return request.callId();
    }

    private double lost() {
        return registry.counter("algo.calls.free.lost").count();
    }

    @Test
    void whileTheDatabaseIsAwayTheyAreTriedAgainEachSecond() throws Exception {
        store.failures.add(FaultyStore.connectionLost());
        store.failures.add(FaultyStore.connectionLost());
        UUID call = add();

        Awaitility.await().until(() -> store.committed.size() == 1);

        assertThat(store.committed).containsExactly(List.of(call));
        assertThat(pauses).containsExactly(FreeCalls.GATHER, Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(lost()).isZero();
    }

    @Test
    void oneThatIsRefusedIsLostAndTheOthersAreNot() throws Exception {
        store.gate = new CountDownLatch(1);
        UUID first = add();
        store.reached.await();
        UUID second = add();
        UUID third = add();
        // The first alone; both others together; each of them.
        store.failures.addAll(List.of(
                new IllegalStateException("refused"),
                new IllegalStateException("refused for good"),
                new IllegalStateException("refused together"),
                new IllegalStateException("refused for good")));
        store.gate.countDown();

        calls.stop();

        assertThat(store.committed).containsExactly(List.of(third));
        assertThat(first).isNotEqualTo(second);
        assertThat(lost()).isEqualTo(2);
    }

    @Test
    void moreThanThereIsRoomForAreLostAndCounted() throws Exception {
        store.gate = new CountDownLatch(1);
        add();
        store.reached.await();
        for (int i = 0; i < 20_000; i++) {
            add();
        }
        assertThat(lost()).isZero();
        add();
        assertThat(lost()).isEqualTo(1);
    }

    @Test
    void whatWaitsWhenTheGatewayLeavesIsWrittenAHundredAtATime() throws Exception {
        store.gate = new CountDownLatch(1);
        add();
        store.reached.await();
        for (int i = 0; i < 150; i++) {
            add();
        }
        Thread.ofVirtual().start(store.gate::countDown);

        calls.stop();

        assertThat(store.committed).extracting(List::size).containsExactly(1, 100, 50);
    }
}
