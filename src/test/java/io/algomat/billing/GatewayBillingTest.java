package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class GatewayBillingTest {
    /** A royalty of 2 credits, 1000 µcr a millisecond, 15 % to the site. */
    private static final Price PRICE = new Price(Credits.of(2), Credits.micro(1000), 1500);

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    CommitCharge commitCharge;

    @Inject
    GroupCommit group;

    @Inject
    FreeCalls freeCalls;

    @Inject
    SpendGuard limits;

    @Inject
    Purses purses;

    private long caller;
    private long publisher;

    @BeforeEach
    void owners() {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
    }

    @Test
    void aSuccessfulCallIsChargedForWhatItComputed() {
        money.fund(caller, Credits.of(10));
        Hold hold = billing.hold(Calls.of(caller, publisher, PRICE, 3000, false));
        assertThat(hold.amount()).isEqualTo(Credits.of(5));
        assertThat(billing.available(caller)).isEqualTo(Credits.of(5));

        Charge charge = billing.capture(hold, 500);

        assertThat(charge.total()).isEqualTo(Credits.parse("2.5"));
        assertThat(charge.royalty()).isEqualTo(Credits.of(2));
        assertThat(charge.fee()).isEqualTo(Credits.parse("0.3"));
        assertThat(charge.compute()).isEqualTo(Credits.parse("0.5"));
        assertThat(charge.promo()).isEqualTo(Credits.ZERO);
        assertThat(billing.available(caller)).isEqualTo(Credits.parse("7.5"));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.parse("7.5"));
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.parse("1.7"));
    }

    @Test
    void timeBeyondTheHoldIsNotBilled() {
        money.fund(caller, Credits.of(10));
        Hold hold = billing.hold(Calls.of(caller, publisher, PRICE, 1000, false));

        Charge charge = billing.capture(hold, 60_000);

        assertThat(charge.billedMillis()).isEqualTo(1000);
        assertThat(charge.total()).isEqualTo(hold.amount());
    }

    @Test
    void aReleasedHoldCostsNothing() {
        money.fund(caller, Credits.of(10));
        Hold hold = billing.hold(Calls.of(caller, publisher, PRICE, 1000, false));

        billing.release(hold);
        billing.release(hold);

        assertThat(billing.available(caller)).isEqualTo(Credits.of(10));
        assertThatThrownBy(() -> billing.capture(hold, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void chargingACallTwiceChargesItOnce() {
        money.fund(caller, Credits.of(10));
        Hold hold = billing.hold(Calls.of(caller, publisher, PRICE, 1000, false));

        Charge first = billing.capture(hold, 100);
        Charge second = billing.capture(hold, 900);
        billing.release(hold);

        assertThat(second).isEqualTo(first);
        assertThat(billing.available(caller)).isEqualTo(Credits.parse("7.9"));
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.parse("7.9"));
    }

    @Test
    void aChargeWhoseConfirmationWasLostIsFoundThoughItSpentTheLastOfTheCredit() throws Exception {
        money.fund(caller, Credits.of(2));
        Hold hold = billing.hold(Calls.royaltyOnly(caller, publisher, 2_000_000));
        List<Due> due = List.of(new Due(
                hold.request(),
                hold.amount(),
                Cost.of(hold.request(), 1),
                purses.of(caller).claim()));

        Charge made = commitCharge.commit(due);
        Charge triedAgain = commitCharge.commit(due);

        assertThat(triedAgain).isEqualTo(made);
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.ZERO);
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.parse("1.7"));
    }

    @Test
    void aChargeWhoseTimeIsOverBeforeItsTurnComesIsNotMadeAndItsHoldIsFree() {
        money.fund(caller, Credits.of(2));
        Billing hasty = new GatewayBilling(
                purses,
                commitCharge,
                group,
                freeCalls,
                limits,
                new FixedBillingConfig(Duration.ofNanos(-1), Duration.ZERO, Duration.ZERO));
        Hold hold = hasty.hold(Calls.royaltyOnly(caller, publisher, 2_000_000));

        assertThatThrownBy(() -> hasty.capture(hold, 1))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_AWAY));

        assertThat(money.of(caller).spendable()).isEqualTo(Credits.of(2));
        assertThat(billing.available(caller)).isEqualTo(Credits.of(2));
    }

    @Test
    void promoCreditIsSpentFirstAndPaysNoRoyaltyOut() {
        money.promo(caller, Credits.of(1));
        money.fund(caller, Credits.of(10));

        // 3 credits: 1 from promo, 2 funded; the publisher's 1.7 come from the funded part.
        Charge mixed = billing.capture(billing.hold(Calls.of(caller, publisher, PRICE, 1000, false)), 1000);
        assertThat(mixed.promo()).isEqualTo(Credits.of(1));
        assertThat(money.of(caller).promo()).isEqualTo(Credits.ZERO);
        assertThat(money.of(caller).funded()).isEqualTo(Credits.of(8));
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.parse("1.7"));

        money.promo(caller, Credits.of(3));
        Charge given = billing.capture(billing.hold(Calls.of(caller, publisher, PRICE, 1000, false)), 1000);
        assertThat(given.promo()).isEqualTo(Credits.of(3));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.of(8));
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.parse("1.7"));
        assertThat(money.of(publisher).earningsUnfunded()).isEqualTo(Credits.parse("1.7"));
    }

    @Test
    void anOwnerCallsItsOwnAlgorithmFreeOfRoyaltyAndPaysTheCompute() {
        money.fund(caller, Credits.of(1));

        Charge charge = billing.capture(billing.hold(Calls.of(caller, caller, PRICE, 1000, true)), 250);

        assertThat(charge.royalty()).isEqualTo(Credits.ZERO);
        assertThat(charge.total()).isEqualTo(Credits.parse("0.25"));
        assertThat(money.of(caller))
                .isEqualTo(new Balance(Credits.ZERO, Credits.parse("0.75"), Credits.ZERO, Credits.ZERO));
    }

    @Test
    void aCallThatCostsNothingIsChargedNothingAndStillCounted() {
        HoldRequest free = Calls.of(caller, publisher, new Price(Credits.ZERO, Credits.ZERO, 1500), 1000, false);

        Charge charge = billing.capture(billing.hold(free), 3);

        assertThat(charge.total()).isEqualTo(Credits.ZERO);
        assertThat(charge.billedMillis()).isEqualTo(3);
        Awaitility.await()
                .untilAsserted(() -> assertThat(commitCharge.find(free)).contains(charge));
    }

    @Test
    void aRefusalNamesWhatIsRequiredAndWhatIsThere() {
        money.fund(caller, Credits.parse("1.5"));

        assertThatThrownBy(() -> billing.hold(Calls.of(caller, publisher, PRICE, 1000, false)))
                .asInstanceOf(type(Problem.class))
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.PAYMENT_REQUIRED);
                    assertThat(refusal.extra()).containsEntry("required", "3").containsEntry("available", "1.5");
                });
    }

    @Test
    void aCallIdIsHeldOnce() {
        money.fund(caller, Credits.of(10));
        HoldRequest request = Calls.of(caller, publisher, PRICE, 1000, false);
        billing.hold(request);

        assertThatThrownBy(() -> billing.hold(request)).isInstanceOf(IllegalStateException.class);
        assertThat(billing.available(caller)).isEqualTo(Credits.of(7));
    }

    @Test
    void twoHundredThreadsWithCreditForExactlyKCallsMakeExactlyK() throws Exception {
        int calls = 73;
        long royalty = 333_333;
        money.fund(caller, Credits.micro(calls * royalty));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> call = () -> attempt(Calls.royaltyOnly(caller, publisher, royalty));
            long charged = 0;
            for (Future<Boolean> attempt : threads.invokeAll(Collections.nCopies(200, call))) {
                charged += attempt.get() ? 1 : 0;
            }
            assertThat(charged).isEqualTo(calls);
        }
        assertThat(money.of(caller).spendable()).isEqualTo(Credits.ZERO);
        assertThat(billing.available(caller)).isEqualTo(Credits.ZERO);
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.micro(calls * (royalty - 49_999)));
    }

    private boolean attempt(HoldRequest request) {
        try {
            billing.capture(billing.hold(request), 5);
            return true;
        } catch (Problem refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.PAYMENT_REQUIRED);
            return false;
        }
    }
}
