package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LedgerBeans.class)
class RefundsTest {
    @Inject
    RefundCharge refund;

    @Inject
    Refunds refunds;

    @Inject
    AdjustCredit adjust;

    @Inject
    GrantCredit grant;

    @Inject
    Money money;

    @Inject
    Charges charges;

    @Inject
    VerifyLedger verify;

    @Inject
    DataSource database;

    @Inject
    People people;

    @Inject
    Sql sql;

    private Caller administrator;
    private long caller;
    private long publisher;

    @BeforeEach
    void somebodyWhoCalls() {
        administrator = people.administrator();
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
    }

    /** A royalty of 10 at a fee of 15 %, compute of 2: 12 credits. */
    private UUID charge() {
        return charges.charge(caller, null, publisher, "demo/a", 10_000_000, 2000)
                .callId();
    }

    @Test
    void aWholeChargeComesBackFromWhoeverHadIt() {
        money.promo(caller, Credits.of(5));
        money.fund(caller, Credits.of(20));
        UUID call = charge();
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.of(7));
        assertThat(money.of(publisher).earningsUnfunded()).isEqualTo(Credits.parse("1.5"));

        assertThat(refund.refund(administrator, call, "", "It answered nonsense", Ids.random("form")))
                .isEqualTo(Credits.of(12));

        assertThat(money.of(caller)).isEqualTo(new Balance(Credits.of(5), Credits.of(20), Credits.ZERO, Credits.ZERO));
        assertThat(money.of(publisher)).isEqualTo(new Balance(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO));
        assertThat(refunds.of(call).refunds())
                .extracting(Refunds.Refund::reason)
                .containsExactly("It answered nonsense");
        clean();
    }

    @Test
    void partsAddUpToTheChargeAndNoFurther() {
        money.promo(caller, Credits.of(5));
        money.fund(caller, Credits.of(20));
        UUID call = charge();

        refund.refund(administrator, call, "3", "a part", Ids.random("form"));
        assertThat(money.of(caller).promo()).isEqualTo(Credits.of(3));
        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.of(7));
        refund.refund(administrator, call, "4", "a part", Ids.random("form"));
        assertThat(money.of(caller).promo()).isEqualTo(Credits.of(5));
        assertThat(money.of(caller).funded()).isEqualTo(Credits.of(15));
        assertThat(refunds.of(call).left()).isEqualTo(Credits.of(5));

        assertThatThrownBy(() -> refund.refund(administrator, call, "5.000001", "too much", Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo("amount"));
        refund.refund(administrator, call, "5", "the rest", Ids.random("form"));

        assertThatThrownBy(() -> refund.refund(administrator, call, "", "again", Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(money.of(caller)).isEqualTo(new Balance(Credits.of(5), Credits.of(20), Credits.ZERO, Credits.ZERO));
        clean();
    }

    @Test
    void aChargeThatManyGiveBackAtOnceIsGivenBackOnce() {
        money.fund(caller, Credits.of(12));
        UUID call = charge();
        AtomicInteger given = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                threads.submit(() -> {
                    try {
                        refund.refund(administrator, call, "12", "at once", Ids.random("form"));
                        given.incrementAndGet();
                    } catch (Problem problem) {
                        refused.incrementAndGet();
                    }
                });
            }
        }

        assertThat(given).hasValue(1);
        assertThat(refused).hasValue(15);
        assertThat(money.of(caller).funded()).isEqualTo(Credits.of(12));
        clean();
    }

    @Test
    void aFormThatIsSentTwiceGivesBackOnce() {
        money.fund(caller, Credits.of(12));
        UUID call = charge();
        String once = Ids.random("form");

        refund.refund(administrator, call, "2", "once", once);
        assertThatThrownBy(() -> refund.refund(administrator, call, "2", "once", once))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));

        assertThat(refunds.of(call).left()).isEqualTo(Credits.of(10));
    }

    @Test
    void whatThePublisherWasPaidOutAlreadyItOwes() throws SQLException {
        money.fund(caller, Credits.of(12));
        UUID call = charge();
        takeFromEarnings(publisher, Credits.of(6));

        refund.refund(administrator, call, "", "late", Ids.random("form"));

        assertThat(money.of(publisher).earnings()).isEqualTo(Credits.ZERO);
        assertThat(sql.count(
                        "SELECT -balance FROM ledger_account WHERE owner_id = ? AND kind = 'receivable'", publisher))
                .isEqualTo(6_000_000);
        clean();
    }

    /** As a payout does. */
    private void takeFromEarnings(long owner, Credits amount) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Posting.Legs legs = new Posting.Legs()
                    .add(Accounts.in(connection, owner).id(AccountKind.EARNINGS), amount.negate())
                    .add(Accounts.in(connection, Accounts.SITE).id(AccountKind.ADJUSTMENT), amount);
            new Posting("adjustment", Ids.random("taken"), null, null, legs).book(connection);
        }
    }

    @Test
    void theDatabaseItselfRefusesMoreThanWasCharged() throws SQLException {
        money.fund(caller, Credits.of(12));
        UUID call = charge();
        refund.refund(administrator, call, "10", "most", Ids.random("form"));

        assertThatThrownBy(() -> sql.update(
                        "INSERT INTO refund (posting_id, call_id, promo, funded, compute, fee, unfunded, payable)"
                                + " SELECT min(id), ?, 0, 2000001, 0, 0, 0, 2000001 FROM posting",
                        call))
                .hasStackTraceContaining("more is refunded than was charged");
        assertThatThrownBy(() -> sql.update("DELETE FROM refund WHERE call_id = ?", call))
                .hasStackTraceContaining("permission denied");
    }

    /** Whatever is given back in whatever parts, what stays payable is covered by funded credit that stays spent. */
    @Test
    void noPartialRefundMakesPromoCreditPayable() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Credits royalty = Credits.micro(random.nextInt(1000));
            Credits fee = Credits.micro(royalty.micro() * 15 / 100);
            Credits compute = Credits.micro(random.nextInt(1000));
            Credits total = royalty.plus(compute);
            Credits promo = Credits.micro(random.nextLong(total.micro() + 1));
            RefundSplit left = RefundSplit.whole(total, royalty, fee, compute, promo);
            assertThat(left.amount()).isEqualTo(total);
            while (!left.amount().isZero()) {
                RefundSplit part = left.part(
                        Credits.micro(1 + random.nextLong(left.amount().micro())));
                left = left.less(part);
                assertThat(left.payable()).isLessThanOrEqualTo(left.funded());
                assertThat(List.of(
                                left.promo(),
                                left.funded(),
                                left.compute(),
                                left.fee(),
                                left.unfunded(),
                                left.payable()))
                        .noneMatch(Credits::isNegative);
            }
            assertThat(left).isEqualTo(RefundSplit.NOTHING);
        }
    }

    @Test
    void anAdjustmentGivesAndTakesButNeverBelowZero() {
        Caller ada = people.user().caller();

        adjust.adjust(administrator, ada.name(), "7.5", "An apology", Ids.random("form"));
        adjust.adjust(administrator, ada.name(), "-2.5", "Too much of it", Ids.random("form"));
        assertThatThrownBy(() ->
                        adjust.adjust(administrator, ada.name(), "-5.000001", "more than is there", Ids.random("form")))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT);
                    assertThat(problem.detail()).contains("The account has 5 funded credits that no call holds");
                });

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(5));
        clean();
    }

    @ParameterizedTest
    @CsvSource({"0, any, amount", "x, any, amount", "5, ' ', reason"})
    void anAdjustmentThatMakesNoSenseNamesItsField(String amount, String reason, String field) {
        Caller ada = people.user().caller();

        assertThatThrownBy(() -> adjust.adjust(administrator, ada.name(), amount, reason, Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo(field));
        assertThatThrownBy(() -> adjust.adjust(ada, ada.name(), "5", "myself", Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void aGrantIsReversedOnceHoweverManyTryAtOnce() {
        Caller ada = people.user().caller();
        money.fund(ada.ownerId(), Credits.of(100));
        grant.grant(administrator, ada.name(), "8", "By mistake", Ids.random("form"));
        long posting = sql.count("SELECT max(id) FROM posting WHERE memo = 'By mistake'");
        AtomicInteger reversed = new AtomicInteger();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                threads.submit(() -> {
                    adjust.reverse(administrator, posting, "A mistake");
                    reversed.incrementAndGet();
                });
            }
        }

        assertThat(reversed).hasValue(1);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(100));
        clean();
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
