package io.algomat.web.accounts;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.algomat.accounts.KeysOf;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits from the page and the API to the refusal of a call. */
@QuarkusTest
class LimitsPageTest {
    @Inject
    KeysOf keys;

    private Accounts.User ada;
    private long key;

    @BeforeEach
    void account() {
        ada = Accounts.user("ada");
        key = keys.owner(ada.ownerId()).getFirst().id();
    }

    private ValidatableResponse set(String key, String period, String spend, String calls) {
        return ada.form()
                .formParam("key", key)
                .formParam("period", period)
                .formParam("maxSpend", spend)
                .formParam("maxCalls", calls)
                .post("/limits")
                .then();
    }

    private ValidatableResponse call(Echo echo) {
        return ada.api()
                .header("Content-Type", "application/json")
                .body("1")
                .post("/v1/algo/" + echo.path())
                .then();
    }

    @Test
    void aKeysLimitRefusesItsCallsWithWhatIsLeftAndWhenItCountsAnew() {
        Echo echo = new PublishedEcho().price(500_000, 0).publish();
        set(String.valueOf(key), "day", "0.9", "").statusCode(303);
        call(echo).statusCode(200);
        call(echo)
                .statusCode(402)
                .header("X-Algomat-Error", equalTo("spend-limit"))
                .body("error.required", equalTo("0.5"))
                .body("error.available", equalTo("0.4"))
                .body("error.used", equalTo("0.5"))
                .body("error.limit", equalTo("0.9 credits a day for this API key"))
                .body("error.resets", containsString("T00:00:00Z"));
        ada.page()
                .get("/limits")
                .then()
                .statusCode(200)
                .body(containsString("0.5 of 0.9"), containsString("50 % of the credits"));
        ada.page().get("/keys").then().body(containsString("0.9 credits a day, 55 % used"));
        ada.page().get("/account").then().body(containsString("0.9 credits a day"));
    }

    @Test
    void aLimitOfCallsIsA429AndGoneWhenItIsRemoved() {
        Echo echo = new PublishedEcho().price(0, 0).publish();
        set("", "month", "", "1").statusCode(303);
        call(echo).statusCode(200);
        call(echo)
                .statusCode(429)
                .header("X-Algomat-Error", equalTo("call-limit"))
                .header("Retry-After", notNullValue());
        int id = ada.api()
                .get("/api/billing/limits")
                .then()
                .statusCode(200)
                .body("limits", hasSize(1))
                .body("limits[0].calls", equalTo(1))
                .body("limits[0].period", equalTo("month"))
                .extract()
                .statusCode();
        String page = ada.page().get("/limits").asString();
        String remove = page.replaceAll("(?s).*action=\"(/limits/[0-9]+/remove)\".*", "$1");
        Accounts.User other = Accounts.user("other");
        other.form().post(remove).then().statusCode(404);
        ada.form().post(remove).then().statusCode(303);
        call(echo).statusCode(id);
    }

    @Test
    void whatIsWrongIsSaidBesideItsField() {
        set("", "day", "", "").statusCode(422).body(containsString("Give a number of credits, of calls, or both"));
        set("", "day", "much", "")
                .statusCode(422)
                .body(containsString("such as 12.5"), containsString("value=\"much\""));
        set("", "day", "-1", "").statusCode(422).body(containsString("0 or more"));
        set("", "day", "", "1.5").statusCode(422).body(containsString("whole number"));
        set("", "year", "1", "").statusCode(422).body(containsString("Choose from what is offered here"));
        set("x", "day", "1", "").statusCode(422);
        Accounts.User other = Accounts.user("other");
        set(String.valueOf(keys.owner(other.ownerId()).getFirst().id()), "day", "1", "")
                .statusCode(404);
        ada.page().get("/limits").then().body(containsString("No limits yet"));
    }

    @Test
    void aKeyLowersALimitAndDoesNotRaiseIt() {
        put("{\"period\": \"day\", \"maxSpend\": \"5\"}").statusCode(200).body("limits[0].maxSpend", equalTo("5"));
        put("{\"period\": \"day\", \"maxSpend\": \"6\"}").statusCode(403);
        put("{\"period\": \"day\", \"maxSpend\": \"4.5\", \"maxCalls\": 9}")
                .statusCode(200)
                .body("limits", hasSize(1))
                .body("limits[0].maxCalls", equalTo(9));
        put("{\"period\": \"week\", \"maxCalls\": 9}").statusCode(422);
        put("{\"period\": \"day\", \"maxSpend\": \"x\"}").statusCode(422);
        ada.page().get("/limits").then().body(containsString("4.5 credits and 9 calls a day"));
    }

    private ValidatableResponse put(String json) {
        return ada.api()
                .contentType("application/json")
                .body(json)
                .put("/api/billing/limits")
                .then();
    }

    @Test
    void theLimitsOfOthersAreNotShown() {
        set("", "day", "3.25", "").statusCode(303);
        Accounts.User other = Accounts.user("other");
        other.page().get("/limits").then().statusCode(200).body(not(containsString("3.25")));
        other.api().get("/api/billing/limits").then().body("limits.size()", equalTo(0));
        ada.api().get("/api/billing/limits").then().body("limits.size()", greaterThan(0));
    }
}
