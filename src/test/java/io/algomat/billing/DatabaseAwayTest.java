package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database goes away while a call runs, and comes back. */
@ExtendWith(LedgerBeans.class)
class DatabaseAwayTest {
    @Inject
    LedgerCluster.Ledger ledger;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @AfterEach
    void back() throws Exception {
        ledger.back();
    }

    @Test
    void newCallsAreTurnedAwaySoonAndWhatRanIsChargedOnceItIsBack() throws Exception {
        long caller = money.ownerWithoutCredit();
        long publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(100));
        Hold running = billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ledger.away();
            Future<Charge> charging = threads.submit(() -> billing.capture(running, 1));
            Problem[] refusal = new Problem[1];
            // At first it is the credit that cannot be read; then no call gets that far.
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
                refusal[0] = catchThrowableOfType(
                        Problem.class,
                        () -> billing.release(billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000))));
                return refusal[0] != null && refusal[0].detail().contains("did not run");
            });
            assertThat(refusal[0].code()).isEqualTo(ErrorCode.DATABASE_AWAY);
            assertThat(refusal[0].retryAfter()).isEqualTo(Duration.ofSeconds(2));
            assertThat(billing.hold(Calls.royaltyOnly(caller, publisher, 0)).amount())
                    .as("what costs nothing needs no charge")
                    .isEqualTo(Credits.ZERO);

            ledger.back();

            assertThat(charging.get().total()).isEqualTo(Credits.of(1));
        }
        Hold next = billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
        assertThat(billing.capture(next, 1).total()).isEqualTo(Credits.of(1));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.of(98));
    }
}
