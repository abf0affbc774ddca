package io.algomat.web.catalog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AlgorithmPageTest {
    @Test
    void everyTabTellsItsPart() {
        Accounts.User publisher = Accounts.user("tabs");
        Bundles.Algorithm echo = Bundles.publishIdentity(publisher.caller(), Credits.parse("0.5"), Visibility.PUBLIC);
        String page = "/algorithms/" + echo.path();
        given().get(page)
                .then()
                .statusCode(200)
                .body(
                        containsString("Hello</textarea>"),
                        containsString("data-run=\"" + page + "/run?version=1.0.0\""));
        given().get(page + "/about")
                .then()
                .statusCode(200)
                .body(containsString("<h2 id=\"readme-"), containsString("0.5 cr</abbr> per call"));
        given().get(page + "/api").then().statusCode(200).body(containsString("/v1/algo/" + echo.path() + "/1.0.0"));
        given().get(page + "/samples").then().statusCode(200).body(containsString("Greeting"));
        given().get(page + "/versions").then().statusCode(200).body(containsString(">public<"));
    }

    @Test
    void aPrivateAlgorithmIsNotThereForStrangers() {
        Accounts.User publisher = Accounts.user("hidden");
        Bundles.Algorithm echo = Bundles.publishIdentity(publisher.caller(), Credits.ZERO, Visibility.PRIVATE);
        given().accept("text/html").get("/algorithms/" + echo.path()).then().statusCode(404);
        publisher
                .page()
                .get("/algorithms/" + echo.path())
                .then()
                .statusCode(200)
                .body(containsString("is private."), containsString("/manage"));
    }

    @Test
    void theManageLinkIsForMembersOnly() {
        Bundles.Algorithm echo = Bundles.publishIdentity(Accounts.user("mine").caller());
        given().get("/algorithms/" + echo.path()).then().statusCode(200).body(not(containsString("/manage")));
    }

    @Test
    void aSamplesBytesComeAsBytesAndNeverAsAPage() {
        Bundles.Algorithm echo = Bundles.publishIdentity(Accounts.user("bytes").caller());
        given().get("/algorithms/" + echo.path() + "/samples/1/input")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/plain"))
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(equalTo("Hello"));
        given().get("/algorithms/" + echo.path() + "/samples/2/input").then().statusCode(404);
    }
}
