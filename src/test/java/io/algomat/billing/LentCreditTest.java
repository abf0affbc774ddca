package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

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
        caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(100));
        hold = other.billing.hold(Calls.royaltyOnly(caller, caller, 1_000_000));
        assertThat(lent()).isEqualTo(Credits.of(10));
    }

    @AfterEach
    void close() throws InterruptedException {
        other.close();
    }

    private Credits lent() {
        return Credits.micro(
                sql.count("SELECT coalesce(sum(granted - spent), 0) FROM credit_lease WHERE owner_id = ?", caller));
    }

    @Test
    void whatItOnlyKeepsIsBackWhenTheCallReturns() {
        other.billing.release(hold);

        lent.callBack(caller);

        assertThat(lent()).isEqualTo(Credits.ZERO);
    }

    @Test
    void whatACallHoldsIsWaitedForAndStaysItsOwn() {
        long began = System.nanoTime();

        lent.callBack(caller);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(lent()).isEqualTo(Credits.of(1));
        assertThat(other.billing.capture(hold, 1).total()).isEqualTo(Credits.of(1));
    }
}
