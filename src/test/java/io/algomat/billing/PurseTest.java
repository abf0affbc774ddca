package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PurseTest {
    private final AtomicReference<Credits> ledger = new AtomicReference<>(Credits.of(10));
    private final AtomicInteger readings = new AtomicInteger();
    private final Purse purse = new Purse(() -> {
        readings.incrementAndGet();
        return ledger.get();
    });

    @Test
    void theLedgerIsReadOnceForManyHolds() {
        assertThat(purse.hold(Credits.of(4))).isTrue();
        assertThat(purse.hold(Credits.of(4))).isTrue();
        purse.release(Credits.of(4));

        assertThat(purse.available()).isEqualTo(Credits.of(6));
        assertThat(readings).hasValue(1);
    }

    @Test
    void aRefusalIsCheckedAgainstTheLedger() {
        assertThat(purse.hold(Credits.of(10))).isTrue();
        assertThat(purse.hold(Credits.of(5))).isFalse();

        ledger.set(Credits.of(15));

        assertThat(purse.hold(Credits.of(5))).isTrue();
        assertThat(purse.hold(Credits.micro(1))).isFalse();
    }

    @Test
    void aChargeFreesItsHoldAndIsSpent() {
        purse.hold(Credits.of(6));
        purse.charge(Credits.of(6), () -> charge(Credits.of(2)));

        assertThat(purse.available()).isEqualTo(Credits.of(8));
        assertThat(readings).hasValue(1);
    }

    @Test
    void aChargeThatFailedFreesItsHoldAndTheBalanceIsReadAnew() {
        purse.hold(Credits.of(6));
        assertThatThrownBy(() -> purse.charge(Credits.of(6), () -> {
                    throw new IllegalStateException("lost");
                }))
                .hasMessage("lost");

        ledger.set(Credits.of(9));
        assertThat(purse.available()).isEqualTo(Credits.of(9));
    }

    @Test
    void aBalanceReadWhileAChargeCommitsDoesNotCountItTwice() throws Exception {
        purse.hold(Credits.of(6));
        CountDownLatch committed = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Charge> charging = threads.submit(() -> purse.charge(Credits.of(6), () -> {
                ledger.set(Credits.of(4));
                committed.countDown();
                awaits(goOn);
                return charge(Credits.of(6));
            }));
            committed.await();
            // Too much for what the purse knows, so that it reads the ledger, which has the charge already.
            Future<Boolean> refused = threads.submit(() -> purse.hold(Credits.of(5)));
            goOn.countDown();
            charging.get();
            assertThat(refused.get()).isFalse();
        }
        assertThat(purse.available()).isEqualTo(Credits.of(4));
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Charge charge(Credits total) {
        return new Charge(UUID.randomUUID(), total, total, Credits.ZERO, Credits.ZERO, Credits.ZERO, 1);
    }
}
