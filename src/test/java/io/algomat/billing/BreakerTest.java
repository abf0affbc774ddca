package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final HandWatch watch = new HandWatch();
    private final Breaker breaker = new Breaker(watch);

    @Test
    void oneFailureTurnsNobodyAway() {
        breaker.failed();
        watch.pass(Breaker.AWAY.minusNanos(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
        breaker.succeeded();
        watch.pass(Duration.ofHours(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }

    @Test
    void afterTwoSecondsOfFailuresOneIsLetThroughNowAndThen() {
        breaker.failed();
        watch.pass(Duration.ofSeconds(1));
        breaker.failed();
        watch.pass(Duration.ofSeconds(1));

        assertThat(breaker.lets()).as("the one that tries").isTrue();
        assertThat(breaker.lets()).isFalse();
        watch.pass(Breaker.TRY.minusNanos(1));
        assertThat(breaker.lets()).isFalse();
        watch.pass(Duration.ofNanos(1));
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isFalse();

        breaker.succeeded();
        assertThat(breaker.lets()).isTrue();
        assertThat(breaker.lets()).isTrue();
    }
}
