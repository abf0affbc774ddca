package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those are told who wait for the writer, when it is slow, or its database fails. */
class GroupCommitWaitingTest {
    private final FaultyStore store = new FaultyStore();
    private final AtomicLong ahead = new AtomicLong();

    /** The system's, which a test may put forward. */
    private final Watch watch = new Watch() {
        @Override
        public long nanos() {
            return System.nanoTime() + ahead.get();
        }

        @Override
        public boolean pause(Duration time) {
            return SYSTEM.pause(time);
        }

        @Override
        public boolean acquire(Lock lock, Duration most) throws InterruptedException {
            return SYSTEM.acquire(lock, most);
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos)
                throws InterruptedException, ExecutionException, TimeoutException {
            return SYSTEM.await(future, endNanos - ahead.get());
        }
    };

    private final List<Due> refused = new CopyOnWriteArrayList<>();
    private final GroupCommit group = writer(watch);

    private GroupCommit writer(Watch time) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        DeadLetters letters = new DeadLetters(null, registry) {
            @Override
            void keep(List<Due> dues, SQLException why) {
                refused.addAll(dues);
            }
        };
        return new GroupCommit(
                new CommitCharge(store),
                letters,
                registry,
                time,
                Thread.ofVirtual().factory());
    }

    @AfterEach
    void end() throws InterruptedException {
        store.gate.countDown();
        group.stop();
    }

    private static Due due() {
        HoldRequest request = Calls.royaltyOnly(1, 2, 1000);
        return new Due(request, Cost.most(request).total(), Cost.of(request, 1));
    }

    private long in(Duration time) {
        return watch.nanos() + time.toNanos();
    }

    private Charge commit(Due due) throws SQLException {
        return group.commit(List.of(due), watch.nanos(), in(Duration.ofSeconds(20)));
    }

    /** A charge that the writer is at until the gate opens. */
    private FutureTask<Charge> stuck(Due due) throws InterruptedException {
        store.gate = new CountDownLatch(1);
        FutureTask<Charge> task = new FutureTask<>(() -> commit(due));
        Thread.ofVirtual().start(task);
        store.reached.await();
        return task;
    }

    @Test
    void aChargeWhoseTurnDidNotComeInTimeIsNeverMade() throws Exception {
        Due first = due();
        FutureTask<Charge> charging = stuck(first);
        Due late = due();

        assertThat(catchThrowable(() -> group.commit(List.of(late), watch.nanos(), in(Duration.ofMillis(1)))))
                .isInstanceOf(SQLTimeoutException.class)
                .isNotInstanceOf(OpenCharge.StillOpen.class);
        assertThat(group.waiting()).isZero();

        store.gate.countDown();
        assertThat(charging.get().callId()).isEqualTo(first.request().callId());
        group.stop();
        assertThat(store.committed).containsExactly(List.of(first.request().callId()));
    }

    @Test
    void aChargeThatTheWriterIsAtIsOpenAndItsFateIsTold() throws Exception {
        store.gate = new CountDownLatch(1);
        Due due = due();
        AtomicBoolean over = new AtomicBoolean();

        Throwable open = catchThrowable(() -> group.commit(List.of(due), watch.nanos(), in(Duration.ofMillis(300))));
        assertThat(open).isInstanceOf(OpenCharge.StillOpen.class);
        Problem told = Problem.of(ErrorCode.CHARGE_UNCONFIRMED, "not known");
        OpenCharge charge = new OpenCharge(told, (OpenCharge.StillOpen) open);
        charge.whenOver(() -> over.set(true));
        assertThat(charge.told()).isSameAs(told);
        assertThat(over).isFalse();

        store.gate.countDown();
        Awaitility.await().untilTrue(over);
        assertThat(store.committed).hasSize(1);
    }

    @Test
    void anInterruptDoesNotEndTheWaitingAndIsNotForgotten() throws Exception {
        store.gate = new CountDownLatch(1);
        Due due = due();
        AtomicBoolean interrupted = new AtomicBoolean();
        FutureTask<Charge> task = new FutureTask<>(() -> {
            Charge charge = commit(due);
            interrupted.set(Thread.interrupted());
            return charge;
        });
        Thread caller = Thread.ofVirtual().start(task);
        store.reached.await();
        caller.interrupt();
        store.gate.countDown();

        assertThat(task.get().callId()).isEqualTo(due.request().callId());
        assertThat(interrupted).isTrue();
    }

    @Test
    void callsAreTurnedAwayOnceNothingWasChargedForTwoSecondsAndLetInWhenSomethingIs() throws Exception {
        store.failures.add(FaultyStore.connectionLost());
        assertThatThrownBy(() -> commit(due())).isInstanceOf(SQLException.class).hasMessage("lost");
        group.admit();
        ahead.addAndGet(Duration.ofSeconds(3).toNanos());

        group.admit();
        assertThatThrownBy(group::admit).isInstanceOfSatisfying(Problem.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_AWAY);
            assertThat(refusal.retryAfter()).isEqualTo(Breaker.AWAY);
        });

        commit(due());
        group.admit();
        group.admit();
    }

    @Test
    void whatStillWaitsIsChargedBeforeTheEnd() throws Exception {
        FutureTask<Charge> first = stuck(due());
        FutureTask<Charge> second = new FutureTask<>(() -> commit(due()));
        Thread.ofVirtual().start(second);
        Awaitility.await().until(() -> group.waiting() == 1);
        Thread.ofVirtual().start(() -> {
            Awaitility.await().until(() -> group.waiting() == 2);
            store.gate.countDown();
        });

        group.stop();

        assertThat(store.committed).hasSize(2);
        assertThat(first.get()).isNotNull();
        assertThat(second.get()).isNotNull();
    }

    @Test
    void aFailureThatIsNobodysFaultIsEachOnesOwn() throws Exception {
        FutureTask<Charge> first = stuck(due());
        FutureTask<Charge> second = new FutureTask<>(() -> commit(due()));
        FutureTask<Charge> third = new FutureTask<>(() -> commit(due()));
        Thread.ofVirtual().start(second);
        Thread.ofVirtual().start(third);
        Awaitility.await().until(() -> group.waiting() == 2);
        store.failures.add(FaultyStore.connectionLost());
        store.failures.add(new IllegalStateException("one of both"));
        store.failures.add(new IllegalStateException("the first of them"));
        store.failures.add(new IllegalStateException("the first of them, alone"));
        store.gate.countDown();

        assertThatThrownBy(first::get).hasRootCauseMessage("lost");
        int failed = 0;
        for (FutureTask<Charge> each : List.of(second, third)) {
            Throwable why = catchThrowable(each::get);
            if (why != null) {
                failed++;
                assertThat(why).hasRootCauseMessage("the first of them, alone");
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(store.committed).hasSize(1);
    }

    @Test
    void whatTheLedgerRefusesForGoodIsKeptAndNothingElseIs() {
        store.failures.add(new SQLException("no", "23514"));
        store.failures.add(new SQLException("no, and alone", "23514"));
        Due wrong = due();
        assertThatThrownBy(() -> commit(wrong)).hasMessage("no, and alone");
        assertThat(refused).containsExactly(wrong);

        store.failures.add(new SQLException("no", "23514"));
        store.failures.add(FaultyStore.connectionLost());
        assertThatThrownBy(() -> commit(due())).hasMessage("lost");
        assertThat(refused).hasSize(1);
    }

    /** Time that passes while somebody waits, and when the test says so. */
    private static final class Stepping implements Watch {
        private final AtomicLong now = new AtomicLong();
        private volatile Runnable whilePausing = () -> {};
        private volatile int pauses;
        private GroupCommit writer;

        private void pass(long millis) {
            now.addAndGet(Duration.ofMillis(millis).toNanos());
        }

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public boolean pause(Duration time) {
            pauses++;
            now.addAndGet(time.toNanos());
            whilePausing.run();
            return true;
        }

        @Override
        public boolean acquire(Lock lock, Duration most) throws InterruptedException {
            return SYSTEM.acquire(lock, most);
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos)
                throws InterruptedException, ExecutionException, TimeoutException {
            return future.get(20, TimeUnit.SECONDS);
        }
    }

    /** One has ended in the last two milliseconds and took 50: twenty-five are under way. */
    private Stepping busy() throws SQLException {
        Stepping time = new Stepping();
        GroupCommit busy = writer(time);
        time.writer = busy;
        time.pass(1);
        commit(time);
        assertThat(time.pauses).isZero();
        time.pass(1);
        return time;
    }

    private static void commit(Stepping time) throws SQLException {
        time.writer.commit(List.of(due()), time.nanos() - Duration.ofMillis(50).toNanos(), Long.MAX_VALUE);
    }

    /** At the first pause so many more come. */
    private static void whilePausing(Stepping time, int more) {
        time.whilePausing = () -> {
            time.whilePausing = () -> {};
            for (int i = 0; i < more; i++) {
                FutureTask<Void> task = new FutureTask<>(() -> {
                    commit(time);
                    return null;
                });
                Thread.ofVirtual().start(task);
            }
            Awaitility.await().until(() -> time.writer.waiting() == more);
        };
    }

    @Test
    void whereManyCallsAreUnderWayTheFirstChargeWaitsHalfAsLongAsTheyTake() throws Exception {
        Stepping time = busy();
        whilePausing(time, 1);
        commit(time);

        assertThat(store.committed).extracting(List::size).containsExactly(1, 2);
        assertThat(time.pauses).as("milliseconds").isBetween(25, 26);
        time.writer.stop();
    }

    @Test
    void whenEnoughHaveComeNoneIsWaitedFor() throws Exception {
        Stepping time = busy();
        whilePausing(time, 12);
        commit(time);

        assertThat(store.committed).extracting(List::size).containsExactly(1, 13);
        assertThat(time.pauses).isEqualTo(1);
        time.writer.stop();
    }

    @Test
    void aLoneChargeAfterAWhileWaitsForNobody() throws Exception {
        Stepping time = busy();
        time.pass(5_000);
        commit(time);

        assertThat(time.pauses).isZero();
        time.writer.stop();
    }
}
