package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private long now = Duration.ofHours(3).toNanos();
    private final Breaker breaker = new Breaker(new Watch() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public boolean pause(Duration time) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean acquire(Lock lock, Duration most) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T await(CompletableFuture<T> future, long endNanos) {
            throw new UnsupportedOperationException();
        }
    });

    private void after(Duration time) {
        now += time.toNanos();
    }

    @Test
    void oneFailureTurnsNobodyAway() {
        breaker.failed();
        after(Breaker.AWAY.minusNanos(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
        breaker.succeeded();
        after(Duration.ofHours(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void afterTwoSecondsOfFailuresOneIsLetThroughNowAndThen() {
        breaker.failed();
        after(Duration.ofSeconds(1));
        breaker.failed();
        after(Duration.ofSeconds(1));

        assertThat(breaker.lets()).as("the one that tries").isTrue();
        assertThat(breaker.lets()).isFalse();
        after(Breaker.TRY.minusNanos(1));
        assertThat(breaker.lets()).isFalse();
        after(Duration.ofNanos(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();

        breaker.succeeded();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }
}
