package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Credit that another gateway has, and that is wanted otherwise than for a call. */
@ExtendWith(LedgerBeans.class)
class LentCreditTest {
    @Inject
    LentCredit lent;

    @Inject
    DataSource database;

    @Inject
    Balances balances;

    @Inject
    SpendLimits limits;

    @Inject
    BillingConfig config;

    @Inject
    Money money;

    @Inject
    Sql sql;

    private OneGateway other;
    private long caller;
    private Hold hold;

    @BeforeEach
    void anotherGatewayHasSome() {
        other = new OneGateway(database, balances, limits, config);
        long first = payer();
        other.billing.release(hold(first));
        // It begins to listen beside this.
        await().untilAsserted(() -> {
            lent.callBack(first);
            assertThat(lent(first)).isEqualTo(Credits.ZERO);
        });
        caller = payer();
        hold = hold(caller);
        assertThat(lent(caller)).isEqualTo(Credits.of(10));
    }

    private long payer() {
        long owner = money.ownerWithoutCredit();
        money.fund(owner, Credits.of(100));
        return owner;
    }

    private Hold hold(long owner) {
        return other.billing.hold(Calls.royaltyOnly(owner, owner, 1_000_000));
    }

    @AfterEach
    void close() throws InterruptedException {
        other.close();
    }

    private Credits lent(long owner) {
        return Credits.micro(
                sql.count("SELECT coalesce(sum(granted - spent), 0) FROM credit_lease WHERE owner_id = ?", owner));
    }

    @Test
    void whatItOnlyKeepsIsBackWhenTheCallReturns() {
        other.billing.release(hold);

        lent.callBack(caller);

        assertThat(lent(caller)).isEqualTo(Credits.ZERO);
    }

    @Test
    void whatACallHoldsIsWaitedForAndStaysItsOwn() {
        long began = System.nanoTime();

        lent.callBack(caller);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(lent(caller)).isEqualTo(Credits.of(1));
        assertThat(other.billing.capture(hold, 1).total()).isEqualTo(Credits.of(1));
    }
}
