package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Watch WATCH = Watch.SYSTEM;

    @Test
    void aPauseTakesItsTimeAndAnInterruptEndsItAndIsKept() {
        long before = WATCH.nanos();
        assertThat(WATCH.pause(Duration.ofMillis(2))).isTrue();
        assertThat(WATCH.nanos() - before).isGreaterThanOrEqualTo(2_000_000);

        Thread.currentThread().interrupt();
        assertThat(WATCH.pause(Duration.ofHours(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aLockThatAnotherHasIsNotToBeHad() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        Thread.ofVirtual().start(lock::lock).join();
        assertThat(WATCH.acquire(lock, Duration.ofMillis(1))).isFalse();
        assertThat(WATCH.acquire(new ReentrantLock(), Duration.ofMillis(1))).isTrue();
    }

    @Test
    void whatIsThereAlreadyIsAnsweredThoughTheTimeIsOver() throws Exception {
        assertThat(WATCH.await(CompletableFuture.completedFuture("there"), WATCH.nanos() - 1))
                .isEqualTo("there");
        assertThatThrownBy(() -> WATCH.await(new CompletableFuture<>(), WATCH.nanos() + 1_000_000))
                .isInstanceOf(TimeoutException.class);
        assertThat(WATCH.isOver(WATCH.nanos() - 1_000_000)).isTrue();
        assertThat(WATCH.isOver(WATCH.nanos() + Duration.ofHours(1).toNanos())).isFalse();
    }
}
