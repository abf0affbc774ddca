package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.billing.HoldRequest.Nesting;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Labels;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What calls inside of one another take from their root's hold, to the micro-credit; without a database. */
class TabTest {
    /** A royalty of 2 credits, 1000 µcr a millisecond. */
    private static final Price TIMED = new Price(Credits.of(2), Credits.micro(1000), 1500);

    private static final Price FLAT = new Price(Credits.of(2), Credits.ZERO, 1500);
    private static final Price BY_PAGE =
            new Price(Credits.ZERO, Credits.ZERO, 1500, new UnitPrice("pages", Credits.of(1), 1, Units.of(10)));

    private long nanos = 7;

    /** Lends whatever is asked for. */
    private static final class Rich implements Leases {
        private Lease lease = Lease.NONE;

        @Override
        public Lent lend(Claim claim, long owner, long version, Credits missing, Credits hold, Credits comfort) {
            lease = lease.granted(lease.granted().plus(missing));
            return new Lent(lease.granted(), lease.version(), Credits.of(1000), Credits.ZERO, true);
        }

        @Override
        public Lease renew(Claim claim, long owner) {
            return lease;
        }

        @Override
        public boolean giveBack(Claim claim, long owner, long version, Credits amount) {
            return true;
        }

        @Override
        public Credits spendable(long owner) {
            return Credits.of(1000);
        }
    }

    private final Purse purse = new Purse(new Rich(), new Claim(1, 1), 1, Watch.SYSTEM);

    private static HoldRequest nested(UUID root, UUID parent, Price price, long maxMillis) {
        return new HoldRequest(
                Ids.newCallId(Clock.systemUTC()),
                1,
                null,
                2,
                -1,
                "demo/inner",
                "1.0.0",
                "cpu",
                price,
                maxMillis,
                false,
                new Nesting(root, parent));
    }

    private static Hold carve(Tab tab, UUID root, UUID parent, Price price, long maxMillis) {
        HoldRequest request = nested(root, parent, price, maxMillis);
        return tab.carve(request, new Nesting(root, parent));
    }

    /** A tab whose root's id is known beforehand. */
    private record Open(Tab tab, UUID root) {}

    private Open open(Price price, long maxMillis, @Nullable Credits maxCost) {
        Hold root = Hold.of(Calls.of(1, 2, price, maxMillis, false).on(new Terms(maxCost, Labels.NONE)), maxCost);
        purse.hold(root.amount());
        return new Open(
                new Tab(root, purse, LimitHold.NONE, () -> nanos),
                root.request().callId());
    }

    @Test
    void itKnowsWhenItsRootWasLetIn() {
        Tab tab = open(FLAT, 1, null).tab();
        nanos += 5;
        assertThat(tab.sinceNanos()).isEqualTo(7);
    }

    @Test
    void whatTheRootHasComputedByNowIsNotSpare() {
        Open open = open(TIMED, 10_000, null);
        nanos += Duration.ofSeconds(4).toNanos();

        // 12 are held; 2 and 4 are the root's by now.
        carve(open.tab(), open.root(), open.root(), FLAT, 1);
        carve(open.tab(), open.root(), open.root(), TIMED, 2_000);
        assertThat(open.tab().end()).isEqualTo(Credits.of(12));

        Open more = open(TIMED, 10_000, null);
        nanos += Duration.ofSeconds(4).toNanos();
        carve(more.tab(), more.root(), more.root(), TIMED, 4_001);
        assertThat(more.tab().end())
                .as("what was not spare came from the purse")
                .isEqualTo(Credits.parse("12.001"));
    }

    @Test
    void aRootsLimitCutsANestedHoldToWhatIsLeftOfIt() {
        Open open = open(TIMED, 10_000, Credits.of(6));

        Hold whole = carve(open.tab(), open.root(), open.root(), TIMED, 2_000);
        assertThat(whole.amount()).as("just what is left").isEqualTo(Credits.of(4));
        assertThat(whole.request().maxMillis()).isEqualTo(2_000);
        open.tab().strike(whole.request().callId());

        Hold cut = carve(open.tab(), open.root(), open.root(), TIMED, 9_000);
        assertThat(cut.amount()).isEqualTo(Credits.of(4));
        assertThat(cut.request().maxMillis()).isEqualTo(2_000);
    }

    @Test
    void aNestedCallThatCouldNotRunForAMillisecondWithinTheLimitIsRefused() {
        Open enough = open(FLAT, 1, Credits.parse("4.001"));
        assertThat(carve(enough.tab(), enough.root(), enough.root(), TIMED, 50)
                        .request()
                        .maxMillis())
                .isEqualTo(1);

        Open tooLittle = open(FLAT, 1, Credits.parse("4.0009"));
        assertThatThrownBy(() -> carve(tooLittle.tab(), tooLittle.root(), tooLittle.root(), TIMED, 50))
                .isInstanceOfSatisfying(Problem.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.PAYMENT_REQUIRED);
                    assertThat(refusal.extra())
                            .containsEntry("required", "4.001")
                            .containsEntry("given", "4.0009");
                });
    }

    @Test
    void aFixedPriceIsNeverCutButOneByTheUnitIs() {
        Open open = open(FLAT, 1, Credits.parse("3.5"));
        assertThatThrownBy(() -> carve(open.tab(), open.root(), open.root(), FLAT, 50))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.PAYMENT_REQUIRED));

        Hold cut = carve(open.tab(), open.root(), open.root(), BY_PAGE, 50);
        assertThat(cut.amount()).isEqualTo(Credits.parse("1.5"));
        assertThat(cut.isCut()).isTrue();
        assertThatThrownBy(() -> open.tab().settle(cut, new Usage(1, Units.of(2))))
                .hasMessageContaining("The call reported 2 units");
        open.tab().settle(cut, new Usage(1, Units.of(1)));
        assertThat(open.tab().dues(Usage.of(1)))
                .extracting(due -> due.cost().total())
                .containsExactly(Credits.of(2), Credits.of(1));
    }

    @Test
    void aCallThatIsStruckTakesWhatItCalledAndNobodyElse() {
        Open open = open(TIMED, 100_000, null);
        Hold failed = carve(open.tab(), open.root(), open.root(), FLAT, 1);
        Hold below = carve(open.tab(), open.root(), failed.request().callId(), FLAT, 1);
        Hold deeper = carve(open.tab(), open.root(), below.request().callId(), FLAT, 1);
        Hold sister = carve(open.tab(), open.root(), open.root(), FLAT, 1);
        for (Hold hold : List.of(below, deeper, sister)) {
            open.tab().settle(hold, Usage.of(1));
        }

        open.tab().strike(failed.request().callId());

        assertThat(open.tab().dues(Usage.of(0)))
                .extracting(due -> due.request().callId())
                .containsExactly(open.root(), sister.request().callId());
    }

    @Test
    void whatIsStillRunningAtTheEndIsFreeWithAllThatItCalled() {
        Open open = open(TIMED, 100_000, null);
        Hold running = carve(open.tab(), open.root(), open.root(), FLAT, 1);
        open.tab().settle(carve(open.tab(), open.root(), running.request().callId(), FLAT, 1), Usage.of(1));

        assertThat(open.tab().dues(Usage.of(0)))
                .extracting(due -> due.request().callId())
                .containsExactly(open.root());
    }

    @Test
    void whatTheRootCannotSpareIsHeldOfItsCallersLimitsTooOrNotAtAll() {
        SpendLimit five = new SpendLimit(1, null, LimitPeriod.TOTAL, Credits.of(5), null);
        LimitMeter meter = new LimitMeter(five, _ -> new LimitMeter.Used(Credits.ZERO, 0), Clock.systemUTC());
        Hold root = Hold.of(Calls.of(1, 2, FLAT, 1, false), null);
        purse.hold(root.amount());
        Tab tab = new Tab(root, purse, LimitHold.of(List.of(meter), root.amount()), () -> nanos);
        UUID id = root.request().callId();

        carve(tab, id, id, FLAT, 1);
        assertThatThrownBy(() -> carve(tab, id, id, FLAT, 1))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SPEND_LIMIT));

        assertThat(purse.balance()).as("two calls hold two credits each").isEqualTo(Credits.of(996));
        assertThat(tab.end()).isEqualTo(Credits.of(4));
        meter.hold(Credits.of(1), 0);
    }

    /** Calls that are made at the same time come from many threads, and none keeps the tab to itself. */
    @Test
    void eachStepMayComeFromAThreadOfItsOwn() throws InterruptedException {
        Open open = open(TIMED, 100_000, null);
        HoldRequest request = nested(open.root(), open.root(), FLAT, 1);
        Hold hold = Hold.of(request, null);
        for (Runnable step : List.<Runnable>of(
                () -> open.tab().carve(request, new Nesting(open.root(), open.root())),
                () -> open.tab().settle(hold, Usage.of(1)),
                () -> open.tab().strike(request.callId()),
                () -> open.tab().dues(Usage.of(1)),
                () -> open.tab().end(),
                () -> open.tab().end())) {
            assertThat(Thread.ofVirtual().start(step).join(Duration.ofSeconds(5)))
                    .isTrue();
        }
    }
}
