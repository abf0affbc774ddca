package io.algomat.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyCacheTest {
    private static final byte[] DIGEST = {1, 2, 3};
    private static final Optional<CallerRows.KeyCaller> ADA = Optional.of(
            new CallerRows.KeyCaller(new Caller(7, "ada", 1L, Set.of(Scope.CALL), Set.of(), false, false), null));

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final KeyCache cache = new KeyCache(now::get);

    @Test
    void aKeyIsReadOnceWhileTheDatabaseIsHeard() {
        for (int second = 0; second < 60; second++) {
            cache.heard(now.get());
            assertThat(find()).isPresent();
            pass(Duration.ofMillis(700));
        }

        assertThat(reads).hasValue(1);
    }

    @Test
    void aGatewayThatHearsNothingTrustsNothingOlderThanASecond() {
        cache.heard(now.get());
        find();
        pass(Duration.ofSeconds(2));

        find();
        pass(Duration.ofMillis(749));
        find();

        assertThat(reads).hasValue(2);
        pass(Duration.ofMillis(2));
        find();
        assertThat(reads).hasValue(3);
    }

    /** A key that is revoked right after the last heartbeat, and is used by nobody else, is looked up within the second. */
    @Test
    void anAnswerThatWasLongUnderWayIsAsOldAsItsQuestion() {
        cache.heard(now.get());
        find();
        long asked = now.get();
        pass(Duration.ofMillis(700));
        cache.heard(asked);
        pass(Duration.ofMillis(51));

        find();

        assertThat(reads).hasValue(2);
    }

    @Test
    void aChangeEvictsItsOwnerAlone() {
        cache.heard(now.get());
        find();

        cache.evictOwner(8);
        find();
        assertThat(reads).hasValue(1);

        cache.evictOwner(7);
        find();
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatWasReadBeforeAChangeIsNotKeptAfterIt() {
        cache.heard(now.get());
        cache.get(DIGEST, () -> {
            cache.evictOwner(7);
            return ADA;
        });

        find();

        assertThat(reads).hasValue(1);
    }

    private Optional<CallerRows.KeyCaller> find() {
        return cache.get(DIGEST, () -> {
            reads.incrementAndGet();
            return ADA;
        });
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
