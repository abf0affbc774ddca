package io.algomat.web.billing;

import static io.algomat.testing.PaymentService.chargedBack;
import static io.algomat.testing.PaymentService.paid;
import static io.algomat.testing.PaymentService.secret;
import static io.algomat.testing.PaymentService.send;
import static io.algomat.testing.PaymentService.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where payment services send their messages. What is booked of them is tested without HTTP, in billing. */
@QuarkusTest
class PaymentEventsTest {
    @Inject
    Money money;

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
    void aPaymentIsBookedOnceAndTakenBackOnce() {
        send(paid(event, payment, ada.name(), 100)).statusCode(200).body("result", equalTo("booked"));
        send(paid(event, payment, ada.name(), 100)).statusCode(200);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));

        String back = chargedBack(Ids.random("evt"), payment, 40);
        send(back).statusCode(200).body("result", equalTo("booked"));
        send(back).statusCode(200);
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(6_000));
    }

    @Test
    void whatDoesNotFitToWhatWasBookedIsAConflict() {
        send(chargedBack(Ids.random("evt"), payment, 40))
                .statusCode(409)
                .body("detail", containsString("send its event first"));
        send(paid(event, payment, ada.name(), 100)).statusCode(200);
        send(paid(event, payment, ada.name(), 101)).statusCode(409).body("detail", containsString("other content"));
        send(paid(Ids.random("evt"), payment, ada.name(), 100))
                .statusCode(409)
                .body("detail", containsString("by another event"));
        assertThat(money.of(ada.ownerId()).funded()).isEqualTo(Credits.of(10_000));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                                  | ''",
                "{\"id\":7,\"type\":\"payment.succeeded\"} | /id",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"nobody_here\",\"amount\":1,\"currency\":\"EUR\"}} | /data/account",
                "{\"id\":\"e\",\"type\":\"payment.succeeded\",\"data\":{\"payment\":\"p\",\"account\":\"guest\",\"amount\":1,\"currency\":\"USD\"}} | /data/currency"
            })
    void aSignedMessageThatMakesNoSenseNamesThePlace(String body, String place) {
        String where = send(body).statusCode(422).extract().path("errors[0].where");

        assertThat(where).isEqualTo(place);
    }

    @Test
    void eventsThatChangeNothingHereAreTakenAndTooLargeOnesAreNot() {
        send("{\"id\":\"evt_x\",\"type\":\"customer.created\",\"data\":{}}")
                .statusCode(200)
                .body("result", equalTo("ignored"));
        send("{\"id\":\"x\",\"type\":\"" + "x".repeat(70_000) + "\"}").statusCode(413);
    }
}
