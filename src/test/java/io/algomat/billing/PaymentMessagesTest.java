package io.algomat.billing;

import static io.algomat.billing.Paying.SECRET;
import static io.algomat.billing.Paying.signed;
import static io.algomat.testing.PaymentService.chargedBack;
import static io.algomat.testing.PaymentService.paid;
import static io.algomat.testing.PaymentService.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.testing.Accounts;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What payment services may say, and how they must sign it. */
@ExtendWith(LedgerBeans.class)
class PaymentMessagesTest {
    private static final long NOW = 1_790_000_000;
    private static final String OTHER_SECRET = "another secret, as long";

    @Inject
    Owners owners;

    @Inject
    People people;

    private Accounts.User ada;
    private WebhookPayments payments;

    @BeforeEach
    void service() {
        ada = people.user();
        payments =
                Paying.payments(owners, Optional.of(SECRET), Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
    }

    private PaymentEvent read(String body) {
        return payments.read(message(signature(SECRET, NOW, body), body)).orElseThrow();
    }

    private static SignedMessage message(String signature, String body) {
        return new SignedMessage(signature, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void amountsAreHundredthsOfTheCurrency() {
        assertThat(read(paid("evt_1", "pay_1", ada.name(), 1250)))
                .isEqualTo(new PaymentEvent.Paid(
                        "webhook", "evt_1", "pay_1", ada.ownerId(), Credits.of(125_000), null, null));
        assertThat(read(paid("evt_1", "pay_1", ada.name(), 1)).amount()).isEqualTo(Credits.of(100));
        assertThat(read(paid("evt_1", "pay_1", ada.name(), 1_000_000_000)).amount())
                .isEqualTo(Credits.of(100_000_000_000L));
        assertThat(where(paid("evt_1", "pay_1", ada.name(), 1_000_000_001))).isEqualTo("/data/amount");
    }

    @Test
    void aChargeBackHasAReasonIfOnlyAUsualOne() {
        assertThat(read(chargedBack("evt_2", "pay_1", 7)))
                .isEqualTo(new PaymentEvent.ChargedBack(
                        "webhook", "evt_2", "pay_1", Credits.of(700), "Charged back by the payer"));
        assertThat(reason("\"It was\\nnot me\"")).isEqualTo("It was not me");
        assertThat(reason("7")).isEqualTo("Charged back by the payer");
        assertThat(reason("\"" + "x".repeat(201) + "\"")).isEqualTo("x".repeat(200));
    }

    private @Nullable String reason(String json) {
        return read("{\"id\":\"e\",\"type\":\"payment.charged_back\",\"data\":{\"payment\":\"p\",\"amount\":1,"
                        + "\"currency\":\"EUR\",\"reason\":" + json + "}}")
                .reason();
    }

    @Test
    void namesAreAsLongAsTheyMayBe() {
        assertThat(read(paid("e".repeat(200), "pay_1", ada.name(), 1)).id()).hasSize(200);
        assertThat(where(paid("e".repeat(201), "pay_1", ada.name(), 1))).isEqualTo("/id");
        assertThat(where(paid(" ", "pay_1", ada.name(), 1))).isEqualTo("/id");
        assertThat(where(paid("e", "a\\tb", ada.name(), 1))).isEqualTo("/data/payment");
    }

    @Test
    void otherKindsOfEventsAreNone() {
        String body = "{\"id\":\"evt_x\",\"type\":\"customer.created\",\"data\":{}}";
        assertThat(payments.read(message(signature(SECRET, NOW, body), body))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                                           | ''",
                "''                                                 | ''",
                "[]                                                 | ''",
                "{\"type\":\"payment.succeeded\",\"data\":{}}       | /id",
                "{\"id\":\"e\"}                                     | /type",
                "{\"id\":7,\"type\":\"payment.succeeded\"}          | /id",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"nobody_here\",\"amount\":1,\"currency\":\"EUR\"}} | /data/account",
                "{\"id\":\"e\",\"type\":\"payment.charged_back\",\"data\":{\"payment\":\"p\",\"amount\":1,\"currency\":\"USD\"}} | /data/currency",
                "{\"id\":\"e\",\"type\":\"payment.charged_back\",\"data\":{\"payment\":\"p\",\"amount\":1.5,\"currency\":\"EUR\"}} | /data/amount",
                "{\"id\":\"e\",\"type\":\"payment.charged_back\",\"data\":{\"payment\":\"p\",\"amount\":0,\"currency\":\"EUR\"}} | /data/amount",
                "{\"id\":\"e\",\"type\":\"payment.charged_back\",\"data\":{\"payment\":\"p\",\"currency\":\"EUR\"}} | /data/amount",
                "{\"id\":\"e\",\"type\":\"payment.charged_back\",\"data\":{\"payment\":\"p\",\"amount\":99999999999999999999,\"currency\":\"EUR\"}} | /data/amount"
            })
    void aSignedMessageThatMakesNoSenseNamesThePlace(String body, String place) {
        assertThat(where(body)).isEqualTo(place);
    }

    @Test
    void aMessageThatIsNotSignedAsItShouldBeIsRefused() {
        String body = paid("evt_1", "pay_1", ada.name(), 100);
        String good = signature(SECRET, NOW, body);

        for (String wrong : List.of(
                "",
                "t=,v1=",
                "t=" + NOW,
                good.substring(0, good.length() - 1),
                signature(OTHER_SECRET, NOW, body),
                signature(SECRET, NOW, body + " "),
                good.replace("t=" + NOW, "t=" + (NOW + 1)),
                good.replace("t=" + NOW, "t=-" + NOW),
                good.replace("t=" + NOW, "time=" + NOW),
                good.replace("v1=", "v0="))) {
            assertThat(refusal(wrong, body).code()).as(wrong).isEqualTo(ErrorCode.UNAUTHORIZED);
        }
        assertThat(refusal("t=" + NOW, body).detail()).contains("The signature is missing");
        assertThat(refusal(signature(OTHER_SECRET, NOW, body), body).detail()).contains("not that of this body");

        // While the sender changes its secret, it signs with both.
        String old = signature(OTHER_SECRET, NOW, body).split(",", 2)[1];
        String right = good.split(",", 2)[1];
        for (String both : List.of("," + old + "," + right, ", " + right + " , " + old)) {
            assertThat(payments.read(message("t=" + NOW + both, body))).isPresent();
        }
    }

    @Test
    void aMessageIsTakenForFiveMinutesAheadOfTheClockOrBehindIt() {
        String body = paid("evt_1", "pay_1", ada.name(), 100);
        for (long apart : List.of(300L, -300L)) {
            assertThat(payments.read(message(signature(SECRET, NOW + apart, body), body)))
                    .isPresent();
        }
        for (long apart : List.of(301L, -301L)) {
            Problem refused = refusal(signature(SECRET, NOW + apart, body), body);
            assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
            assertThat(refused.detail()).contains("signed 301 s from now; at most 300 s are allowed");
        }
    }

    @Test
    void withoutASecretOrWithAShortOneNoMessageIsTaken() {
        for (Optional<String> secret : List.of(Optional.<String>empty(), Optional.of("15 characters__"))) {
            WebhookPayments closed = Paying.payments(owners, secret, Clock.systemUTC());

            assertThatThrownBy(() -> closed.read(new SignedMessage("", new byte[0])))
                    .isInstanceOfSatisfying(Problem.class, problem -> {
                        assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND);
                        assertThat(problem.detail()).contains("algomat.payments.webhook-secret");
                    });
        }
        WebhookPayments open = Paying.payments(owners, Optional.of("16 characters___"), Clock.systemUTC());
        assertThatThrownBy(() -> open.read(signed("{}")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.UNAUTHORIZED));
    }

    private Problem refusal(String signature, String body) {
        return catchThrowableOfType(Problem.class, () -> payments.read(message(signature, body)));
    }

    private String where(String body) {
        Problem refused = refusal(signature(SECRET, NOW, body), body);
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
        return refused.errors().getFirst().where();
    }
}
