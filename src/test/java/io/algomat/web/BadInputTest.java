package io.algomat.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody means to send is refused in words, and never taken for a fault of the platform. */
@QuarkusTest
class BadInputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/owners/%00",
                "/algorithms/a%00b/c",
                "/algorithms/a/b?version=%00",
                "/api/algorithms/a/b%00",
                "/algorithms?q=%00&tag=%00",
                "/sign-in?next=%00"
            })
    void aCharacterThatTheDatabaseCannotHoldIsTheSendersFault(String path) {
        given().urlEncodingEnabled(false).get(path).then().statusCode(lessThan(500));
    }

    @Test
    void anAlgorithmsNameWithSuchACharacterIsNotCalled() {
        Accounts.user("bad")
                .api()
                .urlEncodingEnabled(false)
                .body("x")
                .post("/v1/algo/a/b%00")
                .then()
                .statusCode(lessThan(500));
    }

    @Test
    void brokenJsonForTheApiIsNotCalledAForm() {
        Accounts.user("bad")
                .api()
                .contentType(ContentType.JSON)
                .body("{\"step\": ")
                .post("/api/drafts/draft_0000000000000000/publish")
                .then()
                .statusCode(400)
                .body("detail", not(containsString("form")))
                .body("detail", containsString("JSON"));
    }

    @Test
    void withoutAKeyNothingIsToldOfWhatIsMissing() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post("/api/drafts/draft_0000000000000000/publish")
                .then()
                .statusCode(401);
    }

    @Test
    void aRoyaltyWithAnEndlessExponentIsRefusedAsCheaplyAsAnyOther() {
        Accounts.user("bad")
                .api()
                .contentType(ContentType.JSON)
                .body("{\"step\": \"major\", \"royalty\": 1e999999999}")
                .post("/api/drafts/draft_0000000000000000/publish")
                .then()
                .statusCode(422)
                .body(containsString("royalty"));
    }

    @Test
    void thePricePreviewOfAnAbsurdRoyaltySaysWhatIsAllowed() {
        Accounts.User user = Accounts.user("bad");
        String draft = Bundles.receiveTested(Bundles.identity(user.name(), "Echo"), user.caller())
                .id();

        user.page()
                .queryParam("royalty", "9223372036854")
                .get("/publish/drafts/" + draft + "/price")
                .then()
                .statusCode(200)
                .body(containsString("at most 1000000 credits"));
    }

    @Test
    void aPageOfTheLongestSizeIsTaken() {
        Accounts.User user = Accounts.user("bad");
        Bundles.Algorithm algorithm = Bundles.publishIdentity(user.caller());

        user.form()
                .formParam("title", "Long")
                .formParam("tag_line", "Very long")
                .formParam("readme", "Long. ".repeat(33_000))
                .formParam("categories", "tools")
                .formParam("licence", "MIT")
                .post("/algorithms/" + algorithm.path() + "/manage")
                .then()
                .statusCode(303);
        assertThat(user.page().get("/algorithms/" + algorithm.path() + "/about").asString())
                .contains("Long. Long.");
    }

    @Test
    void aMemberWhoIsNotNamedCannotBeRemoved() {
        Accounts.User user = Accounts.user("bad");
        String organisation = user.name() + "_org";
        user.form()
                .formParam("name", organisation)
                .post("/organisations/new")
                .then()
                .statusCode(303);

        user.form()
                .post("/organisations/" + organisation + "/members/remove")
                .then()
                .statusCode(404);
    }
}
