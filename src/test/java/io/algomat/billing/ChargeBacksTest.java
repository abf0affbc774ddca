package io.algomat.billing;

import static io.algomat.testing.PaymentService.chargedBack;
import static io.algomat.testing.PaymentService.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Payments that were taken back by whoever paid, in part or as a whole, after the credit was spent or before. */
@ExtendWith(LedgerBeans.class)
class ChargeBacksTest {
    @Inject
    Paying service;

    @Inject
    Liabilities liabilities;

    @Inject
    Money money;

    @Inject
    Billing billing;

    @Inject
    VerifyLedger verify;

    @Inject
    GrantHistory history;

    @Inject
    People people;

    @Inject
    Sql sql;

    private Accounts.User ada;
    private long publisher;
    private String payment;

    /** One with 9 promo credits who pays 1 EUR: 10,000 credits. */
    @BeforeEach
    void somebodyWhoPays() {
        ada = people.user();
        money.promo(ada.ownerId(), Credits.of(9));
        publisher = money.ownerWithoutCredit();
        payment = Ids.random("pay");
    }

    private void pay() {
        service.send(paid(Ids.random("evt"), payment, ada.name(), 100));
    }

    private TakePaymentMessage.Outcome takeBack(long cents) {
        return service.send(chargedBack(Ids.random("evt"), payment, cents));
    }

    @Test
    void aChargeBackTakesFundedCreditAndWhatIsMissingIsOwed() {
        pay();
        spend(Credits.of(4_009));
        Credits receivable = liabilities.now().receivable();

        assertThat(takeBack(100)).isEqualTo(TakePaymentMessage.Outcome.BOOKED);

        assertThat(liabilities.now().receivable()).isEqualTo(receivable.plus(Credits.of(4_000)));
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(owed()).isEqualTo(Credits.of(4_000));
        assertThat(billing.available(ada.ownerId())).isEqualTo(Credits.ZERO);
        clean();

        // The next payment settles what is owed first.
        service.send(paid(Ids.random("evt"), Ids.random("pay"), ada.name(), 30));
        assertThat(owed()).isEqualTo(Credits.of(1_000));
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        service.send(paid(Ids.random("evt"), Ids.random("pay"), ada.name(), 20));
        assertThat(owed()).isEqualTo(Credits.ZERO);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(1_000));
        assertThat(liabilities.now().receivable()).isEqualTo(receivable);
        clean();
    }

    @Test
    void aChargeBackIsToldWithItsReasonAndAudited() {
        pay();
        takeBack(25);

        assertThat(money.of(ada.ownerId()))
                .isEqualTo(new Balance(Credits.of(9), Credits.of(7_500), Credits.ZERO, Credits.ZERO));
        GrantHistory.Grant newest = history.of(ada.ownerId()).getFirst();
        assertThat(newest.kind()).isEqualTo("charge_back");
        assertThat(newest.amount()).isEqualTo(Credits.of(-2_500));
        assertThat(newest.reason()).isEqualTo("Charged back by the payer");
        assertThat(sql.list(
                        "SELECT act || ' ' || reason AS row FROM audit WHERE subject = ? ORDER BY id",
                        row -> row.getString("row"),
                        "owner:" + ada.name()))
                .containsExactly(
                        "payment.received 10000 credits: " + payment, "payment.charged-back 2500 credits: " + payment);
        clean();
    }

    @Test
    void aChargeBackLeavesToARunningCallWhatItHolds() {
        pay();
        Hold running = billing.hold(
                Calls.royaltyOnly(ada.ownerId(), publisher, Credits.of(4_009).micro()));

        takeBack(100);

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(4_000));
        assertThat(owed()).isEqualTo(Credits.of(4_000));
        assertThat(billing.capture(running, 1).total()).isEqualTo(Credits.of(4_009));
        assertThat(money.of(ada.ownerId()).spendable()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void aChargeBackTakesAlsoWhatTheGatewayBorrowedForCallsToCome() {
        pay();
        spend(Credits.of(9));
        spend(Credits.of(1));
        assertThat(sql.count("SELECT granted - spent FROM credit_lease WHERE owner_id = ?", ada.ownerId()))
                .isPositive();

        takeBack(100);

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(owed()).isEqualTo(Credits.of(1));
        clean();
    }

    @Test
    void noMoreIsChargedBackThanWasPaidHoweverManyTryAtOnce() throws Exception {
        assertThatThrownBy(() -> takeBack(40)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(problem.detail()).contains("send its event first");
        });
        pay();

        List<Boolean> taken = Paying.atOnce(8, () -> isTaken(40));

        assertThat(taken).filteredOn(each -> each).hasSize(2);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(2_000));
        assertThat(isTaken(21)).isFalse();
        assertThat(isTaken(20)).isTrue();
        assertThat(isTaken(1)).isFalse();
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(owed()).isEqualTo(Credits.ZERO);
        clean();
    }

    /** False for a refusal because of the amount. */
    private boolean isTaken(long cents) {
        try {
            takeBack(cents);
            return true;
        } catch (Problem refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(refused.detail()).contains("More would be charged back of '" + payment + "' than was paid");
            return false;
        }
    }

    @Test
    void aChargeBackThatIsToldTwiceAtOnceTakesOnce() throws Exception {
        pay();
        String event = Ids.random("evt");
        String body = chargedBack(event, payment, 60);

        List<TakePaymentMessage.Outcome> results = Paying.atOnce(8, () -> service.send(body));

        assertThat(results).containsOnlyOnce(TakePaymentMessage.Outcome.BOOKED).hasSize(8);
        assertThat(service.send(body)).isEqualTo(TakePaymentMessage.Outcome.BOOKED_BEFORE);
        assertThatThrownBy(() -> service.send(chargedBack(event, payment, 10)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.detail()).contains("other content"));
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(4_000));
        assertThat(owed()).isEqualTo(Credits.ZERO);
        clean();
    }

    private void spend(Credits amount) {
        billing.capture(billing.hold(Calls.royaltyOnly(ada.ownerId(), publisher, amount.micro())), 1);
    }

    private Credits owed() {
        return Credits.micro(service.owed(ada.ownerId()));
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
