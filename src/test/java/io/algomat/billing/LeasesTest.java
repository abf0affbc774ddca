package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two gateways on one database, each with all of its billing; only HTTP and the beating of their hearts are left out. */
@ExtendWith(LedgerBeans.class)
class LeasesTest {
    private static final long ROYALTY = 100_000;

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

    @Inject
    VerifyLedger verify;

    private OneGateway first;
    private OneGateway second;
    private long caller;
    private long publisher;

    @BeforeEach
    void gateways() {
        first = new OneGateway(database, balances, limits, config);
        second = new OneGateway(database, balances, limits, config);
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
    }

    @AfterEach
    void nothingIsAmiss() throws InterruptedException {
        first.close();
        second.close();
        assertThat(lent()).isEqualTo(Credits.ZERO);
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
    }

    /** I4, with promo credit first. */
    @Test
    void creditForFiveHundredCallsMakesExactlyFiveHundredOnTwoGateways() throws Exception {
        int calls = 500;
        money.promo(caller, Credits.micro(200 * ROYALTY));
        money.fund(caller, Credits.micro(300 * ROYALTY));
        AtomicInteger charged = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Long> lowest = threads.submit(() -> {
                long least = Long.MAX_VALUE;
                while (!over.get()) {
                    least = Math.min(least, available());
                }
                return least;
            });
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Billing billing = (i % 2 == 0 ? first : second).billing;
                callers.add(threads.submit(() -> callUntilRefused(billing, charged)));
            }
            for (Future<?> done : callers) {
                done.get();
            }
            over.set(true);
            assertThat(lowest.get()).as("what was available at the least").isNotNegative();
        }
        assertThat(charged).hasValue(calls);
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.ZERO);
        assertThat(sql.count("SELECT count(*) FROM charge WHERE caller_id = ?", caller))
                .isEqualTo(calls);
        assertThat(sql.count("SELECT count(DISTINCT gateway_id) FROM charge WHERE caller_id = ?", caller))
                .isEqualTo(2);
        assertThat(sql.count("SELECT sum(promo) FROM charge WHERE caller_id = ?", caller))
                .isEqualTo(200 * ROYALTY);
    }

    private void callUntilRefused(Billing billing, AtomicInteger charged) {
        for (int refused = 0; refused < 5; ) {
            try {
                billing.capture(billing.hold(Calls.royaltyOnly(caller, publisher, ROYALTY)), 1);
                charged.incrementAndGet();
            } catch (Problem refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.PAYMENT_REQUIRED);
                refused++;
            }
        }
    }

    @Test
    void aTenthIsLentAtMostAndFiftyCallsAreLentAhead() {
        money.fund(caller, Credits.of(100));
        first.billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
        assertThat(lent()).isEqualTo(Credits.of(10));

        money.fund(caller, Credits.of(10_000));
        second.billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
        assertThat(lent()).isEqualTo(Credits.of(10 + 50));
        assertThat(second.billing.available(caller)).isEqualTo(Credits.of(10_100 - 1));
    }

    @Test
    void ofASmallBalanceEachHoldIsLentAloneAndComesBack() {
        money.fund(caller, Credits.of(10));
        Hold hold = first.billing.hold(Calls.royaltyOnly(caller, publisher, 6_000_000));
        assertThat(lent()).isEqualTo(Credits.of(6));
        assertThatThrownBy(() -> second.billing.hold(Calls.royaltyOnly(caller, publisher, 6_000_000)))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refusal -> assertThat(refusal.extra())
                                .containsEntry("required", "6")
                                .containsEntry("available", "4"));

        first.billing.release(hold);
        first.purses.giveBackIdle();

        // The refused call's wish may be answered only now, beside this.
        await().untilAsserted(() -> assertThat(lent()).isEqualTo(Credits.ZERO));
        Hold other = second.billing.hold(Calls.royaltyOnly(caller, publisher, 10_000_000));
        assertThat(second.billing.capture(other, 1).total()).isEqualTo(Credits.of(10));
    }

    @Test
    void whatAGatewayDoesNotNeedItGivesBackWhenAnotherWantsIt() {
        money.fund(caller, Credits.of(100));
        Hold held = first.billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
        assertThat(lent()).isEqualTo(Credits.of(10));

        Hold most = second.billing.hold(Calls.royaltyOnly(caller, publisher, 99_000_000));

        assertThat(second.billing.capture(most, 1).total()).isEqualTo(Credits.of(99));
        assertThat(first.billing.capture(held, 1).total()).isEqualTo(Credits.of(1));
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.ZERO);
    }

    /** F2: it was silent, others took it for dead, and then it goes on. */
    @Test
    void aZombieChargesNothingAndGoesOnUnderANewEpoch() {
        money.fund(caller, Credits.of(10));
        Hold held = first.billing.hold(Calls.royaltyOnly(caller, publisher, 4_000_000));
        fallSilent(first);

        second.gateway.beat();

        assertThat(lent()).as("free at once").isEqualTo(Credits.ZERO);
        Hold all = second.billing.hold(Calls.royaltyOnly(caller, publisher, 9_000_000));
        assertThatThrownBy(() -> first.billing.capture(held, 1))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(second.billing.capture(all, 1).total()).isEqualTo(Credits.of(9));
        assertThat(sql.count("SELECT count(*) FROM charge WHERE caller_id = ?", caller))
                .isEqualTo(1);

        first.gateway.beat();
        Hold next = first.billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000));
        assertThat(first.billing.capture(next, 1).total()).isEqualTo(Credits.of(1));
    }

    @Test
    void aZombieThatBorrowsBeforeItsHeartBeatsIsToldAndWorksAgain() {
        money.fund(caller, Credits.of(10));
        first.billing.release(first.billing.hold(Calls.royaltyOnly(caller, publisher, 1_000_000)));
        fallSilent(first);
        second.gateway.beat();

        assertThatThrownBy(() -> first.billing.hold(Calls.royaltyOnly(caller, publisher, 2_000_000)))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        Hold next = first.billing.hold(Calls.royaltyOnly(caller, publisher, 2_000_000));
        assertThat(first.billing.capture(next, 1).total()).isEqualTo(Credits.of(2));
    }

    @Test
    void aChargeThatWasCommittedBeforeItsEpochEndedIsFound() {
        money.fund(caller, Credits.of(10));
        Hold held = first.billing.hold(Calls.royaltyOnly(caller, publisher, 4_000_000));
        Charge charge = first.billing.capture(held, 1);
        fallSilent(first);
        second.gateway.beat();

        assertThat(first.billing.capture(held, 1)).isEqualTo(charge);
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.of(6));
    }

    @Test
    void aGatewayThatBeatsIsNotTakenForDead() {
        money.fund(caller, Credits.of(10));
        Hold held = first.billing.hold(Calls.royaltyOnly(caller, publisher, 4_000_000));
        fallSilent(first);
        first.gateway.beat();
        second.gateway.beat();

        assertThat(first.billing.capture(held, 1).total()).isEqualTo(Credits.of(4));
    }

    @Test
    void aLoanWhoseAnswerIsLostStrandsNoCredit() throws Exception {
        money.fund(caller, Credits.of(10));
        Gateway gateway = new Gateway(database);
        AtomicBoolean lost = new AtomicBoolean(true);
        try (OneGateway third = new OneGateway(
                gateway, new Losing(new LeaseRows(database, gateway, balances), lost), database, limits, config)) {
            assertThatThrownBy(() -> third.billing.hold(Calls.royaltyOnly(caller, publisher, 7_000_000)))
                    .isInstanceOfSatisfying(
                            Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_AWAY));
            assertThat(lent()).as("the database did lend it").isEqualTo(Credits.of(7));

            lost.set(false);
            Hold hold = third.billing.hold(Calls.royaltyOnly(caller, publisher, 10_000_000));

            assertThat(third.billing.capture(hold, 1).total()).isEqualTo(Credits.of(10));
        }
    }

    /** Nobody calls there again, and yet others can have it. */
    @Test
    void whatWasLentByALostAnswerComesBackWhenAnotherGatewayWantsIt() throws Exception {
        money.fund(caller, Credits.of(10));
        Gateway gateway = new Gateway(database);
        AtomicBoolean lost = new AtomicBoolean(true);
        try (OneGateway third = new OneGateway(
                gateway, new Losing(new LeaseRows(database, gateway, balances), lost), database, limits, config)) {
            assertThatThrownBy(() -> third.billing.hold(Calls.royaltyOnly(caller, publisher, 7_000_000)))
                    .isInstanceOf(Problem.class);
            lost.set(false);

            Hold hold = second.billing.hold(Calls.royaltyOnly(caller, publisher, 10_000_000));

            assertThat(second.billing.capture(hold, 1).total()).isEqualTo(Credits.of(10));
        }
    }

    /** Loses the answer to a loan, after the loan. */
    private record Losing(Leases leases, AtomicBoolean lost) implements Leases {
        @Override
        public Lent lend(Claim claim, long owner, long version, Credits missing, Credits hold, Credits comfort) {
            Lent lent = leases.lend(claim, owner, version, missing, hold, comfort);
            if (lost.get()) {
                throw Problem.of(ErrorCode.DATABASE_AWAY, "lost");
            }
            return lent;
        }

        @Override
        public Lease renew(Claim claim, long owner) {
            return leases.renew(claim, owner);
        }

        @Override
        public boolean giveBack(Claim claim, long owner, long version, Credits amount) {
            return leases.giveBack(claim, owner, version, amount);
        }

        @Override
        public Credits spendable(long owner) {
            return leases.spendable(owner);
        }
    }

    private void fallSilent(OneGateway one) {
        sql.update(
                "UPDATE gateway SET heartbeat = clock_timestamp() - interval '16 s' WHERE id = ?",
                one.gateway.claim().gateway());
    }

    private Credits lent() {
        return Credits.micro(
                sql.count("SELECT coalesce(sum(granted - spent), 0) FROM credit_lease WHERE owner_id = ?", caller));
    }

    /** Never below zero in any snapshot: neither a balance nor what is not lent. */
    private long available() {
        return sql.count("""
                SELECT least(min(balance), sum(balance) - (SELECT coalesce(sum(granted - spent), 0) FROM credit_lease
                                                           WHERE owner_id = ?))
                FROM ledger_account WHERE owner_id = ? AND kind IN ('promo', 'funded')
                """, caller, caller);
    }
}
