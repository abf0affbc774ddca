package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Labels;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prices by the unit, from the hold to the ledger. */
@ExtendWith(LedgerBeans.class)
class UnitPriceBillingTest {
    /** 1 credit a call, 2 credits a page of at most 10, 1000 µcr a millisecond; 15 % of what is not compute to the site. */
    private static final Price PRICE =
            new Price(Credits.of(1), Credits.micro(1000), 1500, new UnitPrice("pages", Credits.of(2), 1, Units.of(10)));

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    VerifyLedger verify;

    @Inject
    Sql sql;

    private long caller;
    private long publisher;

    @BeforeEach
    void owners() {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
    }

    private Hold hold(boolean own) {
        return billing.hold(Calls.of(caller, publisher, PRICE, 1000, own));
    }

    private Hold within(String maxCost) {
        Terms terms = new Terms(Credits.parse(maxCost), Labels.NONE);
        return billing.hold(Calls.of(caller, publisher, PRICE, 1000, false).on(terms));
    }

    private HoldRequest inside(Hold root) {
        return new HoldRequest(
                Ids.newCallId(Clock.systemUTC()),
                caller,
                null,
                money.ownerWithoutCredit(),
                -1,
                "demo/pages",
                "1.0.0",
                "cpu",
                PRICE,
                1000,
                false,
                new HoldRequest.Nesting(root.request().callId(), root.request().callId()));
    }

    private static Usage used(long millis, double pages) {
        return new Usage(millis, Units.reported(pages));
    }

    private static void refused(ThrowingCallable charging) {
        assertThatThrownBy(charging)
                .asInstanceOf(type(Problem.class))
                .extracting(Problem::code)
                .isEqualTo(ErrorCode.PAYMENT_REQUIRED);
    }

    @Test
    void theHoldCoversTheMostUnitsAndTheChargeWhatWasReported() {
        money.fund(caller, Credits.of(30));
        Hold hold = hold(false);
        assertThat(hold.amount()).isEqualTo(Credits.of(22));

        Charge charge = billing.capture(hold, used(500, 2.5));

        assertThat(charge.royalty()).isEqualTo(Credits.of(6));
        assertThat(charge.metered()).isEqualTo(new Charge.Metered("pages", Units.reported(2.5), Credits.of(5)));
        assertThat(charge.fee()).isEqualTo(Credits.parse("0.9"));
        assertThat(charge.total()).isEqualTo(Credits.parse("6.5"));
        assertThat(billing.available(caller)).isEqualTo(Credits.parse("23.5"));
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.parse("5.1"));
        assertThat(billing.capture(hold, used(900, 9)))
                .as("asked again, from the ledger")
                .isEqualTo(charge);
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void unitsBeyondTheMostAreNotBilled() {
        money.fund(caller, Credits.of(22));

        Charge charge = billing.capture(hold(false), used(5000, 1e18));

        assertThat(charge.total()).isEqualTo(Credits.of(22));
        assertThat(charge.metered()).isEqualTo(new Charge.Metered("pages", Units.of(10), Credits.of(20)));
        assertThat(billing.available(caller)).isEqualTo(Credits.ZERO);
    }

    @Test
    void aCallThatReportedNothingPaysNoUnits() {
        money.fund(caller, Credits.of(22));

        Charge charge = billing.capture(hold(false), 0);

        assertThat(charge.total()).isEqualTo(Credits.of(1));
        assertThat(charge.metered()).isEqualTo(new Charge.Metered("pages", Units.ZERO, Credits.ZERO));
    }

    @Test
    void whoHasNotEnoughForTheMostUnitsIsRefusedBeforeTheCall() {
        money.fund(caller, Credits.parse("21.999999"));

        refused(() -> hold(false));
    }

    @Test
    void ownersPayComputeAloneAndTheUnitsAreStillCounted() {
        money.fund(caller, Credits.of(1));

        Charge charge = billing.capture(hold(true), used(250, 7));

        assertThat(charge.total()).isEqualTo(Credits.parse("0.25"));
        assertThat(charge.metered()).isEqualTo(new Charge.Metered("pages", Units.of(7), Credits.ZERO));
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void failedCallsAreFree() {
        money.fund(caller, Credits.of(22));

        billing.release(hold(false));

        assertThat(billing.available(caller)).isEqualTo(Credits.of(22));
    }

    @Test
    void maxCostBoundsTheHoldAndACallThatWouldCostMoreIsFree() {
        money.fund(caller, Credits.of(6));

        assertThat(within("6").amount()).isEqualTo(Credits.of(6));
        assertThat(billing.available(caller)).isEqualTo(Credits.ZERO);
        money.fund(caller, Credits.of(12));
        assertThat(billing.capture(within("6"), used(1000, 2)).total()).isEqualTo(Credits.of(6));

        refused(() -> billing.capture(within("6"), used(1000, 2.001)));

        assertThat(billing.available(caller)).as("the hold is free again").isEqualTo(Credits.of(6));
    }

    @Test
    void nestedUnitsArePaidByTheRootsCallerToTheNestedAlgorithmsOwner() {
        money.fund(caller, Credits.of(50));
        Hold root = hold(false);
        HoldRequest below = inside(root);
        Hold nested = billing.hold(below);

        billing.settle(nested, used(100, 3));
        Charge charge = billing.capture(root, used(200, 4));

        assertThat(charge.total()).isEqualTo(Credits.parse("9.2"));
        assertThat(charge.nested()).singleElement().satisfies(inner -> {
            assertThat(inner.total()).isEqualTo(Credits.parse("7.1"));
            assertThat(inner.metered()).isEqualTo(new Charge.Metered("pages", Units.of(3), Credits.of(6)));
        });
        assertThat(money.of(below.publisherId()).earnings()).isEqualTo(Credits.parse("5.95"));
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.parse("7.65"));
        assertThat(billing.available(caller)).isEqualTo(Credits.parse("33.7"));
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void aNestedCallTakesNothingThatTheRootsUnitsMayNeed() {
        money.fund(caller, Credits.of(42));
        Hold root = hold(false);

        refused(() -> billing.hold(inside(root)));

        money.fund(caller, Credits.of(2));
        billing.settle(billing.hold(inside(root)), used(1000, 10));
        Charge charge = billing.capture(root, used(1000, 10));
        assertThat(charge.royalty()).as("all of its units").isEqualTo(Credits.of(21));
        assertThat(charge.nested().getFirst().total()).isEqualTo(Credits.of(22));
    }

    @Test
    void underMaxCostANestedCallThatReportsTooMuchIsRefusedAndItsRootIsCharged() {
        Price plain = new Price(Credits.of(1), Credits.ZERO, 1500);
        money.fund(caller, Credits.of(10));
        Hold root =
                billing.hold(Calls.of(caller, publisher, plain, 1000, false).on(new Terms(Credits.of(8), Labels.NONE)));
        Hold nested = billing.hold(inside(root));
        assertThat(nested.amount()).isEqualTo(Credits.of(7));

        refused(() -> billing.settle(nested, used(1000, 2.6)));
        billing.release(nested);

        assertThat(billing.capture(root, 5).whole()).isEqualTo(Credits.of(1));
        assertThat(billing.available(caller)).isEqualTo(Credits.of(9));
    }
}
