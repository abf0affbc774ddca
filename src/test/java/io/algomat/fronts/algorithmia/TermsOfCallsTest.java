package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.algomat.billing.Billing;
import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller lays down for one call: what it may cost at most, and to whom it is attributed. */
@QuarkusTest
class TermsOfCallsTest {
    private static Echo quick;

    @Inject
    Billing billing;

    @Inject
    Sql sql;

    private Accounts.User caller;

    @BeforeEach
    void callerAndEcho() {
        caller = Accounts.user("terms");
        if (quick == null) {
            quick = new PublishedEcho().publish();
        }
    }

    private RequestSpecification call() {
        return caller.api().header("Content-Type", "application/json").body("1");
    }

    private Response call(Echo echo, String header, String value) {
        return call().header(header, value).post("/v1/algo/" + echo.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"much", "", "-1", "0.0000001", "1e30", "NaN", "1,5", "0x10"})
    void aMaxCostThatIsNoAmountIsRefused(String amount) {
        call(quick, "Max-Cost", amount)
                .then()
                .statusCode(400)
                .header("X-Algomat-Error", equalTo("bad-request"))
                .body("error.message", containsString("Max-Cost: '" + amount + "' is no amount of credits"));
    }

    @Test
    void aMaxCostBelowTheRoyaltyIsRefusedWithWhatIsRequiredAndWhatWasGiven() {
        call(quick, "Max-Cost", "0.4")
                .then()
                .statusCode(402)
                .header("X-Algomat-Error", equalTo("payment-required"))
                .body("error.required", equalTo("0.501"))
                .body("error.given", equalTo("0.4"));
        assertThat(billing.available(caller.ownerId())).isEqualTo(Credits.of(10_000));
    }

    @Test
    void ofOnesOwnAlgorithmTheRoyaltyNeedsNoCover() {
        Echo own = new PublishedEcho().by(caller).price(500_000, 0).publish();
        call(own, "Max-Cost", "0").then().statusCode(200).header("X-Algomat-Cost", equalTo("0"));
    }

    @Test
    void theTimeEndsWhereTheMaxCostDoes() {
        // 50 ms of compute are paid, and it takes ten seconds.
        Echo slow = new PublishedEcho().delayMillis(10_000).publish();
        call(slow, "Max-Cost", "0.55")
                .then()
                .statusCode(200)
                .body("error.error_type", equalTo("TimeoutError"))
                .header("X-Algomat-Cost", equalTo("0"));
        assertThat(billing.available(caller.ownerId())).isEqualTo(Credits.of(10_000));
    }

    @Test
    void noMoreThanTheMaxCostIsSetAside() {
        // A minute at a credit a millisecond is more than the account has.
        Echo dear = new PublishedEcho().price(0, 1_000_000).publish();
        call().post("/v1/algo/" + dear.path()).then().statusCode(402).body("error.required", equalTo("60000"));

        Response answer = call(dear, "Max-Cost", "9000");
        answer.then().statusCode(200).body("result", equalTo(1));
        assertThat(Credits.parse(answer.header("X-Algomat-Cost"))).isLessThanOrEqualTo(Credits.of(9000));
    }

    @Test
    void labelsStandOnTheCallAndOnItsCharge() {
        Response answer = call(quick, "Labels", "customer=acme, feature=Find & sort=ü1");
        answer.then().statusCode(200);
        call(quick, "Labels", "customer=other").then().statusCode(200);

        assertThat(sql.count(
                        "SELECT count(*) FROM charge WHERE caller_id = ? AND labels = ?::jsonb",
                        caller.ownerId(),
                        "{\"customer\": \"acme\", \"feature\": \"Find & sort=ü1\"}"))
                .isOne();
        String call = answer.header("X-Algomat-Call-Id");
        caller.page()
                .queryParam("labels", "customer=acme")
                .get("/runs")
                .then()
                .statusCode(200)
                .body(containsString(call), containsString("feature=Find &amp; sort=ü1"))
                .body(not(containsString("customer=other")));
        String csv = caller.page()
                .queryParam("labels", "customer=acme")
                .get("/runs/calls.csv")
                .asString();
        assertThat(csv.lines().toList()).hasSize(2);
        assertThat(csv).contains(call).contains(",\"customer=acme, feature=Find & sort=ü1\"");
        caller.api()
                .get("/api/billing/charges")
                .then()
                .statusCode(200)
                .body("charges[1].labels.customer", equalTo("acme"));
    }

    @Test
    void labelsComeInTheQueryTooAndAddToTheHeaders() {
        call().header("Labels", "customer=acme")
                .queryParam("labels", "feature=search")
                .post("/v1/algo/" + quick.path())
                .then()
                .statusCode(200);
        assertThat(sql.count(
                        "SELECT count(*) FROM charge WHERE caller_id = ? AND labels @> ?::jsonb",
                        caller.ownerId(),
                        "{\"customer\": \"acme\", \"feature\": \"search\"}"))
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acme", "=acme", "customer=", "Customer=acme", "a=1,a=2", "a=1,b=2,c=3,d=4,e=5,f=6", "1a=x"})
    void labelsThatCannotBeReadAreRefused(String labels) {
        call(quick, "Labels", labels)
                .then()
                .statusCode(400)
                .header("X-Algomat-Error", equalTo("bad-request"))
                .body("error.message", containsString("label"));
        assertThat(billing.available(caller.ownerId())).isEqualTo(Credits.of(10_000));
    }

    @Test
    void aLabelHasAtMostSixtyFourCharacters() {
        call(quick, "Labels", "a=" + "x".repeat(64)).then().statusCode(200);
        call(quick, "Labels", "a=" + "x".repeat(65)).then().statusCode(400);
    }

    @Test
    void aFilterThatCannotBeReadIsSaidBesideItsField() {
        caller.page()
                .get("/runs?labels=acme")
                .then()
                .statusCode(200)
                .body(containsString("The label &#39;acme&#39; cannot be read"));
        caller.page().get("/runs/calls.csv?labels=acme").then().statusCode(400);
    }
}
