package io.algomat.web.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.algomat.calls.CallLog;
import io.algomat.calls.UpdateStatistics;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What a call costs, told before it is made, and held against what it then costs. */
@QuarkusTest
class PricingTest {
    @Inject
    CallLog log;

    @Inject
    UpdateStatistics statistics;

    private static String pricing(Echo echo) {
        return "/api/algorithms/" + echo.path() + "/pricing";
    }

    @Test
    void aVisitorIsToldPriceAndHoldAndThatNothingWasMeasured() {
        Echo echo =
                new PublishedEcho().price(500_000, 1_000).timeoutMillis(2_000).publish();
        RestAssured.given()
                .get(pricing(echo))
                .then()
                .statusCode(200)
                .body("algorithm", equalTo(echo.path()))
                .body("version", equalTo("1.0.0"))
                .body("royalty", equalTo("0.5"))
                .body("ratePerMs", equalTo("0.001"))
                .body("royaltyFree", equalTo(false))
                .body("hold", equalTo("2.5"))
                .body("heldMs", equalTo(2000))
                .body("timeoutMs", equalTo(2000))
                .body("estimate", nullValue())
                .body("versions", hasSize(1));
    }

    @Test
    void theEstimateIsOfPastCallsAndOnesOwnIsFreeOfRoyalty() {
        Accounts.User owner = Accounts.user("prices");
        Echo echo = new PublishedEcho().by(owner).price(500_000, 1_000).publish();
        Accounts.User caller = Accounts.user("asks");
        String cost = "";
        for (int i = 0; i < 3; i++) {
            cost = caller.api()
                    .header("Content-Type", "application/json")
                    .body("1")
                    .post("/v1/algo/" + echo.path())
                    .header("X-Algomat-Cost");
        }
        log.flush();
        statistics.update();
        caller.api()
                .get(pricing(echo))
                .then()
                .statusCode(200)
                .body("estimate.median", equalTo(cost))
                .body("estimate.p99Ms", notNullValue());
        owner.api()
                .get(pricing(echo))
                .then()
                .statusCode(200)
                .body("royaltyFree", equalTo(true))
                .body("hold", equalTo("60"))
                .body("estimate.median", equalTo("0.001"));
    }

    @Test
    void aVersionIsNamedAsInACallAndAPrivateOneIsTheOwnersAlone() {
        Accounts.User owner = Accounts.user("prices");
        Echo old =
                new PublishedEcho().by(owner).named("priced").price(100_000, 0).publish();
        new PublishedEcho()
                .by(owner)
                .named("priced")
                .version("1.1.0")
                .price(200_000, 0)
                .hidden()
                .publish();
        RestAssured.given().get(pricing(old)).then().body("version", equalTo("1.0.0"));
        RestAssured.given().get(pricing(old) + "?version=1.1.0").then().statusCode(404);
        owner.api()
                .get(pricing(old) + "?version=1.1.0")
                .then()
                .statusCode(200)
                .body("royalty", equalTo("0.2"))
                .body("versions", hasSize(2));
        RestAssured.given().get("/api/algorithms/no/such/pricing").then().statusCode(404);
    }

    @Test
    void itIsInTheOpenApiDocument() {
        RestAssured.given()
                .accept("application/json")
                .get("/api/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/api/algorithms/{owner}/{name}/pricing'.get.operationId", equalTo("pricing"))
                .body("paths.'/api/billing/limits'.put.operationId", equalTo("setLimit"));
    }
}
