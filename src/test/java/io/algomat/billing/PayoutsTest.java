package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Organisations;
import io.algomat.accounts.OwnerCreated;
import io.algomat.accounts.Scope;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LedgerBeans.class)
class PayoutsTest {
    private static final String IBAN = "DE89 3704 0044 0532 0130 00";
    private static final Duration LATER = Duration.ofDays(8);

    @Inject
    People people;

    @Inject
    RequestPayout atOnce;

    @Inject
    DecidePayout decide;

    @Inject
    RefundCharge refund;

    @Inject
    FundEarnings fund;

    @Inject
    Earnings earnings;

    @Inject
    Payouts payouts;

    @Inject
    Liabilities liabilities;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    VerifyLedger verify;

    @Inject
    DataSource database;

    @Inject
    Organisations organisations;

    @Inject
    PayoutsConfig config;

    @Inject
    Audit audit;

    @Inject
    OpenAccounts opened;

    @Inject
    Sql sql;

    private Accounts.User publisher;
    private Caller first;
    private Caller second;

    @BeforeEach
    void people() {
        publisher = people.user();
        first = people.administrator();
        second = people.administrator();
    }

    /** Somebody pays a royalty from funded credit; 85 % of it are the publisher's. */
    private UUID earn(long royalty) {
        long caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(royalty));
        return billing.capture(
                        billing.hold(Calls.royaltyOnly(
                                caller, publisher.ownerId(), Credits.of(royalty).micro())),
                        1)
                .callId();
    }

    /** As if asked a while after now, when what was earned by now has matured. */
    private long request(String amount, String once) {
        Clock then = Clock.fixed(Instant.now().plus(LATER), ZoneOffset.UTC);
        RequestPayout later = new RequestPayout(database, organisations, config, audit, then);
        return LedgerTransactions.whole(
                () -> later.request(publisher.caller(), publisher.name(), amount, "Ada Lovelace", IBAN, once));
    }

    private long request(String amount) {
        return request(amount, Ids.random("form"));
    }

    private Payouts.Payout payout(long id) {
        return payouts.of(publisher.ownerId()).stream()
                .filter(payout -> payout.id() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasEarnedMaturesAndIsPaidOutStepByStep() {
        earn(1_000_000);
        assertThat(earnings.of(publisher.ownerId()))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.of(850_000), Credits.ZERO, Credits.ZERO));
        assertThatThrownBy(() ->
                        atOnce.request(publisher.caller(), publisher.name(), "100000", "Ada", IBAN, Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail()).contains("0 credits can be paid out now"));

        long id = request("800000");
        assertThat(money.of(publisher.ownerId()).earnings()).isEqualTo(Credits.of(50_000));
        assertThat(payout(id).state()).isEqualTo("requested");
        assertThat(payout(id).iban()).isEqualTo("DE89370400440532013000");
        decide.approve(first, id);
        assertThat(payouts.approved()).extracting(Payouts.Payout::id).contains(id);
        decide.send(first, id);
        decide.settle(first, id);

        assertThat(payout(id).state()).isEqualTo("settled");
        assertThat(payout(id).approvedBy()).isEqualTo(first.name());
        assertThatThrownBy(() -> decide.fail(first, id, "too late")).isInstanceOfSatisfying(Problem.class, conflict());
        assertThat(money.of(publisher.ownerId()).earnings()).isEqualTo(Credits.of(50_000));
        assertThat(sql.count("SELECT count(*) FROM audit WHERE subject = ?", "payout:" + id))
                .isEqualTo(4);
        clean();
    }

    @Test
    void whatWasAskedForIsOwedUntilTheBankHasPaidIt() {
        earn(1_000_000);
        Liabilities.Owed before = liabilities.now();
        long id = request("800000");

        Liabilities.Owed asked = liabilities.now();
        assertThat(asked.payouts()).isEqualTo(before.payouts().plus(Credits.of(800_000)));
        assertThat(asked.payable()).isEqualTo(before.payable());

        decide.approve(first, id);
        decide.send(first, id);
        decide.settle(first, id);
        assertThat(liabilities.now().payouts()).isEqualTo(before.payouts());
        assertThat(liabilities.now().payable()).isEqualTo(before.payable().minus(Credits.of(800_000)));
    }

    @Test
    void moreThanHasMaturedIsRefusedHoweverManyAskAtOnce() throws Exception {
        earn(1_000_000);
        List<Boolean> asked = allAtOnce(8, number -> request("400000"));

        assertThat(asked).filteredOn(done -> done).hasSize(2);
        assertThat(money.of(publisher.ownerId()).earnings()).isEqualTo(Credits.of(50_000));
        clean();
    }

    @Test
    void aFormThatIsSentTwiceAsksOnce() {
        earn(1_000_000);
        String once = Ids.random("form");
        request("100000", once);

        assertThatThrownBy(() -> request("100000", once)).isInstanceOfSatisfying(Problem.class, conflict());

        assertThat(payouts.of(publisher.ownerId())).hasSize(1);
    }

    @Test
    void aFailedPayoutComesBackOnce() throws Exception {
        earn(1_000_000);
        long id = request("800000");
        decide.approve(first, id);
        decide.send(first, id);

        List<Boolean> failed = allAtOnce(8, number -> decide.fail(first, id, "The bank knows no such account"));

        assertThat(failed).containsOnlyOnce(true);
        assertThat(money.of(publisher.ownerId()).earnings()).isEqualTo(Credits.of(850_000));
        assertThat(payout(id).failure()).isEqualTo("The bank knows no such account");
        assertThatThrownBy(() -> decide.settle(first, id)).isInstanceOfSatisfying(Problem.class, conflict());
        clean();
    }

    @Test
    void settledAndFailedAtOnceIsOneOfThem() throws Exception {
        earn(1_000_000);
        long id = request("800000");
        decide.approve(first, id);
        decide.send(first, id);

        List<Boolean> done = allAtOnce(8, number -> {
            if (number % 2 == 0) {
                decide.settle(first, id);
            } else {
                decide.fail(first, id, "It came back");
            }
        });

        assertThat(done).containsOnlyOnce(true);
        clean();
    }

    @Test
    void aLargePayoutNeedsTwoAdministratorsNeitherOfThemTheEarner() throws Exception {
        earn(20_000_000);
        long id = request("10000100");
        assertThat(payout(id).approvalsNeeded()).isEqualTo(2);
        Caller earner = new Caller(
                publisher.ownerId(), publisher.name(), null, EnumSet.allOf(Scope.class), Set.of(), true, false);

        assertThatThrownBy(() -> decide.approve(earner, id))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.FORBIDDEN));
        decide.approve(first, id);
        assertThatThrownBy(() -> decide.approve(first, id)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(problem.detail()).contains("needs another administrator");
        });
        assertThatThrownBy(() -> decide.send(first, id)).isInstanceOfSatisfying(Problem.class, conflict());
        assertThat(payout(id).state()).isEqualTo("requested");

        List<Boolean> approved = allAtOnce(4, number -> decide.approve(second, id));
        assertThat(approved).containsOnlyOnce(true);
        assertThat(payout(id).state()).isEqualTo("approved");
        clean();
    }

    @Test
    void twoAdministratorsWhoApproveAtTheSameTimeAreTwo() throws Exception {
        earn(20_000_000);
        long id = request("10000100");

        List<Boolean> approved = allAtOnce(2, number -> decide.approve(number == 0 ? first : second, id));

        assertThat(approved).containsExactly(true, true);
        assertThat(payout(id).state()).isEqualTo("approved");
    }

    @Test
    void theDatabaseItselfKeepsTheOrderOfSteps() {
        earn(1_000_000);
        long id = request("800000");

        for (String state : List.of("approved", "sent", "settled", "failed")) {
            assertThatThrownBy(() -> sql.update("UPDATE payout SET state = ? WHERE id = ?", state, id))
                    .hasStackTraceContaining("23514");
        }
        assertThatThrownBy(() -> sql.update("UPDATE payout SET amount = 1 WHERE id = ?", id))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> sql.update("DELETE FROM payout_step")).hasStackTraceContaining("permission denied");
    }

    @Test
    void aRefundAfterThePayoutIsOwedAndTakenFromTheNextOne() {
        UUID call = earn(1_000_000);
        request("800000");
        refund.refund(first, call, "", "It was wrong", Ids.random("form"));
        assertThat(earnings.of(publisher.ownerId()))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.of(800_000)));

        earn(2_000_000);
        assertThatThrownBy(() -> request("900100"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail()).contains("900000 credits can be paid out now"));
        request("900000");

        assertThat(earnings.of(publisher.ownerId()))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.ZERO));
        clean();
    }

    /** The promise that sign-up credit mints no money. */
    @Test
    void aHundredSignUpsThatCallOnesOwnAlgorithmAddNothingPayable() {
        for (int i = 0; i < 100; i++) {
            long signedUp = money.ownerWithoutCredit();
            opened.open(new OwnerCreated(signedUp, "signed_up", false, false));
            billing.capture(
                    billing.hold(Calls.royaltyOnly(
                            signedUp, publisher.ownerId(), Credits.of(10_000).micro())),
                    1);
        }

        assertThat(earnings.of(publisher.ownerId()))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.ZERO, Credits.of(850_000), Credits.ZERO));
        assertThatThrownBy(() -> request("100000"))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.detail()).contains("0 credits can be paid out now"));
    }

    @Test
    void promoRoyaltiesBecomePayableWhereTheSiteFundsThemAndARefundTakesThemBack() {
        long signedUp = money.ownerWithoutCredit();
        money.promo(signedUp, Credits.of(1_000_000));
        UUID call = billing.capture(
                        billing.hold(Calls.royaltyOnly(
                                signedUp,
                                publisher.ownerId(),
                                Credits.of(1_000_000).micro())),
                        1)
                .callId();

        assertThatThrownBy(() -> fund.fund(first, publisher.name(), "850000.000001", "A campaign", Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo("amount"));
        fund.fund(first, publisher.name(), "600000", "A campaign", Ids.random("form"));
        assertThat(earnings.of(publisher.ownerId()))
                .isEqualTo(new Earnings.View(Credits.of(600_000), Credits.ZERO, Credits.of(250_000), Credits.ZERO));
        request("500000");
        refund.refund(first, call, "", "It was wrong", Ids.random("form"));

        assertThat(earnings.of(publisher.ownerId()))
                .isEqualTo(new Earnings.View(Credits.ZERO, Credits.ZERO, Credits.ZERO, Credits.of(500_000)));
        clean();
    }

    @ParameterizedTest
    @CsvSource({
        "99999, Ada, DE89370400440532013000, amount",
        "100050, Ada, DE89370400440532013000, amount",
        "-100000, Ada, DE89370400440532013000, amount",
        "100000, ' ', DE89370400440532013000, payee",
        "100000, Ada, DE88370400440532013000, iban",
        "100000, Ada, DE, iban",
        "100000, Ada, ' ', iban"
    })
    void aRequestThatMakesNoSenseNamesItsField(String amount, String payee, String iban, String field) {
        assertThatThrownBy(() ->
                        atOnce.request(publisher.caller(), publisher.name(), amount, payee, iban, Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().where()).isEqualTo(field));
    }

    @Test
    void nobodyAsksForOthersOrByKey() {
        Accounts.User other = people.user();
        assertThatThrownBy(() ->
                        atOnce.request(other.caller(), publisher.name(), "100000", "Ada", IBAN, Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
        Caller key = new Caller(
                publisher.ownerId(), publisher.name(), 1L, EnumSet.allOf(Scope.class), Set.of(), false, false);
        assertThatThrownBy(() -> atOnce.request(key, publisher.name(), "100000", "Ada", IBAN, Ids.random("form")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.FORBIDDEN));
        assertThatThrownBy(() -> decide.approve(other.caller(), 1))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    private static java.util.function.Consumer<Problem> conflict() {
        return problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT);
    }

    /** Which of them went through, in their order. */
    private static List<Boolean> allAtOnce(int times, LongConsumer act) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    try {
                        act.accept(number);
                        return true;
                    } catch (Problem refused) {
                        return false;
                    }
                }));
            }
            List<Boolean> done = new ArrayList<>();
            for (Future<Boolean> one : running) {
                done.add(one.get());
            }
            return done;
        }
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
