package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a gateway trusts what it has read of limits. */
@ExtendWith(LedgerBeans.class)
class SpendGuardTest {
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    @Inject
    SpendLimits limits;

    @Inject
    Money money;

    @Inject
    Sql sql;

    @Inject
    LedgerCluster.Ledger ledger;

    private final HandWatch watch = new HandWatch();
    private SpendGuard guard;
    private long caller;
    private long publisher;

    @BeforeEach
    void guard() {
        guard = new SpendGuard(limits, Clock.systemUTC(), watch);
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
    }

    @AfterEach
    void back() throws Exception {
        ledger.back();
    }

    /** As another gateway sets it. */
    private void limit(int credits) {
        sql.count(
                "SELECT set_spend_limit(?, NULL, 'total', ?::bigint, NULL)",
                caller,
                Credits.of(credits).micro());
    }

    private void call(int credits) {
        guard.hold(Calls.royaltyOnly(caller, publisher, 1), Credits.of(credits)).release();
    }

    private void refused(int credits) {
        assertThatThrownBy(() -> call(credits)).isInstanceOf(Problem.class);
    }

    @Test
    void whatAnotherGatewayChangedIsSeenAfterASecond() {
        call(10);
        limit(5);
        watch.pass(TRUSTED.minusNanos(1));
        call(10);
        watch.pass(Duration.ofNanos(1));
        refused(10);

        limit(20);
        refused(10);
        watch.pass(TRUSTED);
        call(10);
        refused(21);
    }

    @Test
    void whatWasChangedHereIsSeenAtOnce() {
        call(10);
        limit(5);
        guard.forget(caller);
        refused(10);
    }

    @Test
    void whatRunsIsStillHeldOnceLimitsWereReadAgain() {
        limit(10);
        LimitHold running = guard.hold(Calls.royaltyOnly(caller, publisher, 1), Credits.of(7));
        watch.pass(TRUSTED);
        refused(4);
        running.release();
        call(10);
    }

    @Test
    void whileTheDatabaseIsAwayTheLastKnownLimitsHold() throws Exception {
        limit(5);
        call(5);
        watch.pass(TRUSTED);
        ledger.away();

        for (int each = 0; each < 2; each++) {
            call(5);
            refused(6);
        }
        assertThatThrownBy(() -> guard.hold(Calls.royaltyOnly(publisher, caller, 1), Credits.of(1)))
                .as("of whom nothing is known")
                .isInstanceOf(Problem.class);

        ledger.back();
        limit(8);
        call(8);
        assertThat(limits.of(caller)).hasSize(1);
    }
}
