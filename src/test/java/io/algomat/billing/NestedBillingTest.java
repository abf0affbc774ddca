package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.algomat.billing.HoldRequest.Nesting;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who pays what when algorithms call each other; the root's caller does, all at once or nothing. */
@ExtendWith(LedgerBeans.class)
class NestedBillingTest {
    /** A royalty of 2 credits, 1000 µcr a millisecond, 15 % to the site. */
    private static final Price PRICE = new Price(Credits.of(2), Credits.micro(1000), 1500);

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    CommitCharge commitCharge;

    @Inject
    VerifyLedger verify;

    @Inject
    Sql sql;

    private long caller;
    private long outer;
    private long inner;

    @BeforeEach
    void owners() {
        caller = money.ownerWithoutCredit();
        outer = money.ownerWithoutCredit();
        inner = money.ownerWithoutCredit();
    }

    private Hold root(long maxMillis) {
        return billing.hold(Calls.of(caller, outer, PRICE, maxMillis, false));
    }

    private HoldRequest nested(Hold root, Hold parent, Price price, long maxMillis) {
        return nested(root.request().callId(), parent.request().callId(), caller, price, maxMillis);
    }

    private HoldRequest nested(UUID root, UUID parent, long payer, Price price, long maxMillis) {
        return new HoldRequest(
                Ids.newCallId(Clock.systemUTC()),
                payer,
                null,
                inner,
                -1,
                "demo/inner",
                "1.0.0",
                "cpu",
                price,
                maxMillis,
                false,
                new Nesting(root, parent));
    }

    @Test
    void allIsChargedWithTheRootAndEachPublisherGetsItsOwn() {
        money.fund(caller, Credits.of(100));
        Hold root = root(10_000);
        Hold child = billing.hold(nested(root, root, PRICE, 1_000));
        Hold grandchild = billing.hold(nested(root, child, PRICE, 1_000));
        billing.settle(grandchild, 100);
        billing.settle(child, 200);

        assertThat(money.of(caller).funded()).isEqualTo(Credits.of(100));
        Charge charge = billing.capture(root, 300);

        assertThat(charge.total()).isEqualTo(Credits.parse("2.3"));
        assertThat(charge.whole()).isEqualTo(Credits.parse("6.6"));
        assertThat(charge.nested())
                .extracting(Charge::total)
                .containsExactly(Credits.parse("2.2"), Credits.parse("2.1"));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.parse("93.4"));
        assertThat(billing.available(caller)).isEqualTo(Credits.parse("93.4"));
        assertThat(money.of(outer).earnings()).isEqualTo(Credits.parse("1.7"));
        assertThat(money.of(inner).earnings()).isEqualTo(Credits.parse("3.4"));
        assertThat(billing.capture(root, 300)).isEqualTo(charge);
        assertThat(sql.count(
                        "SELECT count(DISTINCT posting_id) FROM charge WHERE root_call_id = ? OR call_id = ?",
                        root.request().callId(),
                        root.request().callId()))
                .isEqualTo(1);
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void aRootThatFailsFreesEverythingBelowIt() {
        money.fund(caller, Credits.of(100));
        Hold root = root(1_000);
        billing.settle(billing.hold(nested(root, root, PRICE, 5_000)), 100);
        billing.hold(nested(root, root, PRICE, 5_000));

        billing.release(root);

        assertThat(billing.available(caller)).isEqualTo(Credits.of(100));
        assertThat(money.of(inner).earnings()).isEqualTo(Credits.ZERO);
    }

    @Test
    void aNestedCallThatFailsIsFreeWithAllThatItCalled() {
        money.fund(caller, Credits.of(100));
        Hold root = root(1_000);
        Hold child = billing.hold(nested(root, root, PRICE, 1_000));
        Hold grandchild = billing.hold(nested(root, child, PRICE, 1_000));
        billing.settle(grandchild, 100);
        billing.release(child);
        billing.settle(child, 100);

        assertThat(billing.capture(root, 0).whole()).isEqualTo(Credits.of(2));
    }

    @Test
    void aNestedCallThatNeverEndedIsFree() {
        money.fund(caller, Credits.of(100));
        Hold root = root(1_000);
        Hold open = billing.hold(nested(root, root, PRICE, 1_000));
        Hold below = billing.hold(nested(root, open, PRICE, 1_000));
        billing.settle(below, 10);

        assertThat(billing.capture(root, 0).nested()).isEmpty();
        assertThatThrownBy(() -> billing.hold(nested(root, root, PRICE, 1)))
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void aNestedHoldIsCarvedFromTheRootsAndOnlyItsRestComesFromTheBalance() {
        money.fund(caller, Credits.of(60));
        Hold root = root(50_000);
        assertThat(billing.available(caller)).isEqualTo(Credits.of(8));

        billing.hold(nested(root, root, PRICE, 10_000));
        assertThat(billing.available(caller)).isEqualTo(Credits.of(8));

        billing.hold(nested(root, root, PRICE, 38_000));
        assertThat(billing.available(caller)).isBetween(Credits.ZERO, Credits.of(6));

        assertThatThrownBy(() -> billing.hold(nested(root, root, PRICE, 10_000)))
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo(ErrorCode.PAYMENT_REQUIRED);
        billing.release(root);
        assertThat(billing.available(caller)).isEqualTo(Credits.of(60));
    }

    @Test
    void theRootsOwnTimeIsBilledUpToWhatTheNestedCallsLeftOfTheHold() {
        money.fund(caller, Credits.of(12));
        Hold root = root(10_000);
        billing.settle(billing.hold(nested(root, root, PRICE, 5_000)), 5_000);

        Charge charge = billing.capture(root, 10_000);

        assertThat(charge.whole()).isEqualTo(Credits.of(12));
        assertThat(charge.royalty()).isEqualTo(Credits.of(2));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.ZERO);
    }

    @Test
    void promoCreditIsSpentFirstAndFundedCreditPaysAllPublishersBeforeTheSite() {
        money.promo(caller, Credits.of(3));
        money.fund(caller, Credits.of(100));
        Hold root = root(4_000);
        billing.settle(billing.hold(nested(root, root, PRICE, 1_000)), 1_000);

        Charge charge = billing.capture(root, 1_000);

        assertThat(charge.whole()).isEqualTo(Credits.of(6));
        assertThat(charge.wholePromo()).isEqualTo(Credits.of(3));
        assertThat(money.of(outer).earnings()).isEqualTo(Credits.parse("1.7"));
        assertThat(money.of(inner).earnings()).isEqualTo(Credits.parse("1.3"));
        assertThat(money.of(inner).earningsUnfunded()).isEqualTo(Credits.parse("0.4"));
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void theDatabaseRefusesANestedChargeWithoutItsRoot() {
        money.fund(caller, Credits.of(100));
        HoldRequest alone = nested(UUID.randomUUID(), UUID.randomUUID(), caller, PRICE, 1_000);

        assertThatThrownBy(() -> commitCharge.commit(List.of(due(alone, Credits.of(3)))))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void theDatabaseRefusesANestedChargeThatComesAfterItsRoot() {
        money.fund(caller, Credits.of(100));
        Hold root = root(1_000);
        billing.capture(root, 0);
        HoldRequest late = nested(root, root, PRICE, 1_000);

        assertThatThrownBy(() -> commitCharge.commit(List.of(due(late, Credits.of(3)))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("comes with the charges of its root");
    }

    @Test
    void theDatabaseRefusesANestedChargeOfAnotherCaller() {
        money.fund(caller, Credits.of(100));
        long other = money.ownerWithoutCredit();
        HoldRequest root = Calls.of(caller, outer, PRICE, 1_000, false);
        HoldRequest foreign = nested(root.callId(), root.callId(), other, PRICE, 1_000);

        assertThatThrownBy(() -> commitCharge.commit(List.of(due(root, Credits.of(10)), due(foreign, Credits.of(3)))))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void theDatabaseRefusesChargesAboveTheRootsHold() {
        money.fund(caller, Credits.of(100));
        HoldRequest root = Calls.of(caller, outer, PRICE, 1_000, false);
        HoldRequest child = nested(root.callId(), root.callId(), caller, PRICE, 1_000);

        assertThatThrownBy(() -> commitCharge.commit(List.of(due(root, Credits.of(3)), due(child, Credits.of(3)))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("above its hold");
    }

    private static Due due(HoldRequest request, Credits held) {
        return new Due(request, held, Cost.of(request, 10));
    }
}
