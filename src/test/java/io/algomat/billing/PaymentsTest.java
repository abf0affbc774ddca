package io.algomat.billing;

import static io.algomat.testing.PaymentService.chargedBack;
import static io.algomat.testing.PaymentService.paid;
import static io.algomat.testing.PaymentService.secret;
import static io.algomat.testing.PaymentService.send;
import static io.algomat.testing.PaymentService.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PaymentsTest {
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
    Owners owners;

    @Inject
    Sql sql;

    private Accounts.User ada;
    private String event;
    private String payment;

    @BeforeEach
    void somebodyWhoPays() {
        ada = Accounts.user("ada");
        event = Ids.random("evt");
        payment = Ids.random("pay");
    }

    @Test
    void aPaymentBecomesFundedCreditThatCanBeSpentAtOnce() {
        Credits before = billing.available(ada.ownerId());

        send(paid(event, payment, ada.name(), 1250)).statusCode(200).body("result", equalTo("booked"));

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(125_000));
        assertThat(billing.available(ada.ownerId())).isEqualTo(before.plus(Credits.of(125_000)));
        assertThat(history.of(ada.ownerId()).getFirst().kind()).isEqualTo("top_up");
        assertThat(sql.count(
                        "SELECT count(*) FROM audit WHERE act = 'payment.received' AND subject = ?",
                        "owner:" + ada.name()))
                .isEqualTo(1);
        clean();
    }

    @Test
    void theSameEventIsBookedOnceHoweverOftenAndHoweverManyAtOnceItComes() throws Exception {
        String body = paid(event, payment, ada.name(), 100);

        List<String> results =
                atOnce(16, () -> send(body).statusCode(200).extract().path("result"));

        assertThat(results).containsOnlyOnce("booked").hasSize(16);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));
        clean();
    }

    @Test
    void anEventIdWithOtherContentIsRefusedAndChangesNothing() {
        Accounts.User other = Accounts.user("other");
        send(paid(event, payment, ada.name(), 100)).statusCode(200);

        send(paid(event, payment, ada.name(), 101)).statusCode(409).body("detail", containsString("other content"));
        send(paid(event, Ids.random("pay"), ada.name(), 100)).statusCode(409);
        send(paid(event, payment, other.name(), 100)).statusCode(409);
        send(paid(Ids.random("evt"), payment, ada.name(), 100))
                .statusCode(409)
                .body("detail", containsString("by another event"));

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));
        assertThat(money.of(other.ownerId()).funded()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void aMessageThatIsNotSignedAsItShouldBeIsRefused() {
        String body = paid(event, payment, ada.name(), 100);
        long now = Instant.now().getEpochSecond();
        String good = signature(secret(), now, body);

        for (String wrong : List.of(
                "",
                "t=,v1=",
                "t=" + now,
                good.substring(0, good.length() - 1),
                signature("another secret, as long", now, body),
                signature(secret(), now, body + " "),
                good.replace("t=" + now, "t=" + (now + 1)),
                good.replace("v1=", "v0="))) {
            send(body, wrong).statusCode(401);
        }
        send(body, signature(secret(), now - 301, body)).statusCode(401).body("detail", containsString("s from now"));
        send(body, signature(secret(), now + 330, body)).statusCode(401);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);

        // While the sender changes its secret, it signs with both.
        String old = signature("another secret, as long", now, body).split(",", 2)[1];
        send(body, "t=" + now + "," + old + "," + good.split(",", 2)[1]).statusCode(200);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));
    }

    @Test
    void withoutASecretOrWithAShortOneNoMessageIsTaken() {
        for (Optional<String> secret : List.of(Optional.<String>empty(), Optional.of("too short"))) {
            WebhookPayments closed =
                    new WebhookPayments(new ObjectMapper(), owners, new Settings(secret), Clock.systemUTC());

            assertThatThrownBy(() -> closed.read(new SignedMessage("", new byte[0])))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND);
                        assertThat(problem.detail()).contains("algomat.payments.webhook-secret");
                    });
        }
    }

    private record Settings(Optional<String> webhookSecret) implements PaymentsConfig {
        @Override
        public Duration webhookTolerance() {
            return Duration.ofMinutes(5);
        }

        @Override
        public String currency() {
            return "EUR";
        }

        @Override
        public Optional<String> topUpUrl() {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                                           | ",
                "[]                                                 | ",
                "{\"type\":\"payment.succeeded\",\"data\":{}}       | /data",
                "{\"id\":7,\"type\":\"payment.succeeded\"}          | /id",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"nobody_here\",\"amount\":1,\"currency\":\"EUR\"}} | /data/account",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"guest\",\"amount\":1,\"currency\":\"USD\"}} | /data/currency",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"guest\",\"amount\":1.5,\"currency\":\"EUR\"}} | /data/amount",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"guest\",\"amount\":0,\"currency\":\"EUR\"}} | /data/amount",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"guest\",\"amount\":99999999999999999999,\"currency\":\"EUR\"}} | /data/amount"
            })
    void aSignedMessageThatMakesNoSenseNamesThePlace(String body, String place) {
        String where = send(body).statusCode(422).extract().path("errors[0].where");

        assertThat(where).startsWith(place == null ? "" : place.equals("/data") ? "/" : place);
    }

    @Test
    void eventsThatChangeNothingHereAreTakenAndIgnored() {
        send("{\"id\":\"evt_x\",\"type\":\"customer.created\",\"data\":{}}")
                .statusCode(200)
                .body("result", equalTo("ignored"));
        send("{\"id\":\"x\",\"type\":\"" + "x".repeat(70_000) + "\"}").statusCode(413);
    }

    @Test
    void aChargeBackTakesFundedCreditAndWhatIsMissingIsOwed() {
        long publisher = money.ownerWithoutCredit();
        Credits promo = money.of(ada.ownerId()).promo();
        send(paid(event, payment, ada.name(), 100)).statusCode(200);
        spend(ada.ownerId(), publisher, promo.plus(Credits.of(4_000)));
        Credits receivable = liabilities.now().receivable();

        send(chargedBack(Ids.random("evt"), payment, 100)).statusCode(200).body("result", equalTo("booked"));

        assertThat(liabilities.now().receivable()).isEqualTo(receivable.plus(Credits.of(4_000)));
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(owed(ada.ownerId())).isEqualTo(Credits.of(4_000));
        assertThat(billing.available(ada.ownerId())).isEqualTo(Credits.ZERO);
        clean();

        // The next payment settles what is owed first.
        send(paid(Ids.random("evt"), Ids.random("pay"), ada.name(), 50)).statusCode(200);
        assertThat(owed(ada.ownerId())).isEqualTo(Credits.ZERO);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(1_000));
        clean();
    }

    @Test
    void aChargeBackLeavesToARunningCallWhatItHolds() {
        Credits promo = money.of(ada.ownerId()).promo();
        send(paid(event, payment, ada.name(), 100)).statusCode(200);
        Hold running = billing.hold(Calls.royaltyOnly(
                ada.ownerId(),
                money.ownerWithoutCredit(),
                promo.plus(Credits.of(4_000)).micro()));

        send(chargedBack(Ids.random("evt"), payment, 100)).statusCode(200);

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(4_000));
        assertThat(owed(ada.ownerId())).isEqualTo(Credits.of(4_000));
        assertThat(billing.capture(running, 1).total()).isEqualTo(promo.plus(Credits.of(4_000)));
        assertThat(money.of(ada.ownerId()).spendable()).isEqualTo(Credits.ZERO);
        clean();
    }

    @Test
    void aChargeBackTakesAlsoWhatTheGatewayBorrowedForCallsToCome() {
        long publisher = money.ownerWithoutCredit();
        Credits promo = money.of(ada.ownerId()).promo();
        send(paid(event, payment, ada.name(), 100)).statusCode(200);
        spend(ada.ownerId(), publisher, promo);
        spend(ada.ownerId(), publisher, Credits.of(1));
        assertThat(sql.count("SELECT granted - spent FROM credit_lease WHERE owner_id = ?", ada.ownerId()))
                .isPositive();

        send(chargedBack(Ids.random("evt"), payment, 100)).statusCode(200);

        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(owed(ada.ownerId())).isEqualTo(Credits.of(1));
        clean();
    }

    @Test
    void noMoreIsChargedBackThanWasPaidHoweverManyTryAtOnce() throws Exception {
        send(chargedBack(Ids.random("evt"), payment, 40))
                .statusCode(409)
                .body("detail", containsString("send its event first"));
        send(paid(event, payment, ada.name(), 100)).statusCode(200);

        List<Integer> statuses = atOnce(
                8,
                () -> send(chargedBack(Ids.random("evt"), payment, 40))
                        .extract()
                        .statusCode());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(2);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(6);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(2_000));
        clean();
    }

    @Test
    void aChargeBackThatIsToldTwiceAtOnceTakesOnce() throws Exception {
        send(paid(event, payment, ada.name(), 100)).statusCode(200);
        String body = chargedBack(Ids.random("evt"), payment, 100);

        List<String> results =
                atOnce(8, () -> send(body).statusCode(200).extract().path("result"));

        assertThat(results).containsOnlyOnce("booked");
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.ZERO);
        assertThat(owed(ada.ownerId())).isEqualTo(Credits.ZERO);
        clean();
    }

    private void spend(long caller, long publisher, Credits amount) {
        billing.capture(billing.hold(Calls.royaltyOnly(caller, publisher, amount.micro())), 1);
    }

    private Credits owed(long owner) {
        return Credits.micro(-sql.count(
                "SELECT coalesce(sum(balance), 0) FROM ledger_account WHERE owner_id = ? AND kind = 'receivable'",
                owner));
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }

    private static <T> List<T> atOnce(int times, Callable<T> act) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                running.add(threads.submit(act));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
