package io.algomat.billing;

import static io.algomat.testing.PaymentService.chargedBack;
import static io.algomat.testing.PaymentService.paid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is booked of what payment services tell. What they may say is {@link PaymentMessagesTest}'s. */
@ExtendWith(LedgerBeans.class)
class PaymentsTest {
    @Inject
    Paying service;

    @Inject
    BookPayment book;

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
    private String event;
    private String payment;

    @BeforeEach
    void somebodyWhoPays() {
        ada = people.user();
        event = Ids.random("evt");
        payment = Ids.random("pay");
    }

    @Test
    void aPaymentBecomesFundedCreditThatCanBeSpentAtOnce() {
        money.promo(ada.ownerId(), Credits.of(7));
        assertThat(billing.available(ada.ownerId())).isEqualTo(Credits.of(7));

        assertThat(service.send(paid(event, payment, ada.name(), 1250))).isEqualTo(TakePaymentMessage.Outcome.BOOKED);

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(125_000));
        assertThat(billing.available(ada.ownerId())).isEqualTo(Credits.of(125_007));
        assertThat(history.of(ada.ownerId()))
                .extracting(
                        GrantHistory.Grant::kind,
                        GrantHistory.Grant::amount,
                        GrantHistory.Grant::promo,
                        GrantHistory.Grant::reason)
                .containsExactly(
                        tuple("top_up", Credits.of(125_000), false, null),
                        tuple("credit_grant", Credits.of(7), true, null));
        assertThat(audited()).containsExactly("payment.received 125000 credits: " + payment);
        clean();
    }

    @Test
    void theSameEventIsBookedOnceHoweverOftenAndHoweverManyAtOnceItComes() throws Exception {
        String body = paid(event, payment, ada.name(), 100);

        List<TakePaymentMessage.Outcome> results = Paying.atOnce(16, () -> service.send(body));

        assertThat(results).containsOnlyOnce(TakePaymentMessage.Outcome.BOOKED).hasSize(16);
        assertThat(service.send(body)).isEqualTo(TakePaymentMessage.Outcome.BOOKED_BEFORE);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));
        assertThat(audited()).hasSize(1);
        clean();
    }

    @Test
    void anEventIdWithOtherContentIsRefusedAndChangesNothing() {
        Accounts.User other = people.user();
        service.send(paid(event, payment, ada.name(), 100));

        refused(() -> service.send(paid(event, payment, ada.name(), 101)), "other content");
        refused(() -> service.send(paid(event, Ids.random("pay"), ada.name(), 100)), "other content");
        refused(() -> service.send(paid(event, payment, other.name(), 100)), "other content");
        refused(() -> service.send(chargedBack(event, payment, 100)), "other content");
        refused(() -> service.send(paid(Ids.random("evt"), payment, ada.name(), 100)), "by another event");

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));
        assertThat(money.of(other.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(audited()).hasSize(1);
        clean();
    }

    @Test
    void whatHappenedWithOneProviderIsUnknownToAnother() {
        service.send(paid(event, payment, ada.name(), 100));
        PaymentEvent elsewhere = new PaymentEvent.Paid(
                "elsewhere",
                event,
                payment,
                ada.ownerId(),
                Credits.of(3),
                "by hand",
                people.administrator().ownerId());

        assertThat(book.book(elsewhere)).isEqualTo(new BookPayment.Booked(ada.ownerId(), true));
        assertThat(book.book(elsewhere)).isEqualTo(new BookPayment.Booked(ada.ownerId(), false));

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_003));
        refused(
                () -> book.book(
                        new PaymentEvent.ChargedBack("third", Ids.random("evt"), payment, Credits.of(1), "any")),
                "send its event first");
        clean();
    }

    @Test
    void eventsThatChangeNothingHereAreTakenAndIgnored() {
        long postings = sql.count("SELECT count(*) FROM posting");

        assertThat(service.send("{\"id\":\"evt_x\",\"type\":\"customer.created\",\"data\":{}}"))
                .isEqualTo(TakePaymentMessage.Outcome.IGNORED);

        assertThat(sql.count("SELECT count(*) FROM posting")).isEqualTo(postings);
    }

    private static void refused(ThrowingCallable act, String why) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(problem.detail()).contains(why);
        });
    }

    /** By nobody, for what a machine says. */
    private List<String> audited() {
        return sql.list(
                "SELECT act || ' ' || reason AS row FROM audit WHERE subject = ? AND actor_id IS NULL ORDER BY id",
                row -> row.getString("row"),
                "owner:" + ada.name());
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
