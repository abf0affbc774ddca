package io.algomat.web.publishing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;

import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Publishing by the pages, as a browser without JavaScript does it. */
@QuarkusTest
class PublishPageTest {
    private final Accounts.User user = Accounts.user("page");

    private String uploadExample() {
        byte[] example = user.page()
                .get("/publish/example.zip")
                .then()
                .statusCode(200)
                .contentType("application/zip")
                .extract()
                .asByteArray();
        return user.form()
                .contentType(ContentType.MULTIPART)
                .multiPart("bundle", "hello.zip", example, "application/zip")
                .post("/publish")
                .then()
                .statusCode(303)
                .header("Location", containsString("/publish/drafts/draft_"))
                .extract()
                .header("Location");
    }

    private void awaitTested(String draft) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !user.page().get(draft).asString().contains("being tested"));
    }

    @Test
    void theExampleGoesAllTheWayFromUploadToItsPage() {
        String draft = uploadExample();
        awaitTested(draft);

        user.page()
                .get(draft)
                .then()
                .statusCode(200)
                .body(containsString("1 of 1 samples passed"))
                .body(containsString("ready to publish"))
                .body(containsString("1.0.0"));
        user.form()
                .formParam("step", "major")
                .formParam("royalty", "0.25")
                .formParam("visibility", "public")
                .formParam("notes", "<b>First</b>")
                .post(draft + "/publish")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/algorithms/" + user.name() + "/hello"));

        given().get("/algorithms/" + user.name() + "/hello/versions")
                .then()
                .statusCode(200)
                .body(containsString("&lt;b&gt;First&lt;/b&gt;"))
                .body(containsString("0.25"));
        user.page().get(draft).then().statusCode(303).header("Location", endsWith("/" + user.name() + "/hello"));
        user.page().get("/publish").then().body(containsString(user.name() + "/hello/manage"));
    }

    @Test
    void aWrongRoyaltyBringsTheFormBackWithTheFaultBesideTheField() {
        String draft = uploadExample();
        awaitTested(draft);

        user.form()
                .formParam("step", "minor")
                .formParam("royalty", "a lot")
                .formParam("notes", "keep me")
                .post(draft + "/publish")
                .then()
                .statusCode(422)
                .body(containsString("&#39;a lot&#39; is no amount of credits"))
                .body(containsString("keep me"));
    }

    @Test
    void thePriceIsWorkedOutWhileItIsTyped() {
        String draft = uploadExample();
        awaitTested(draft);

        user.page()
                .queryParam("step", "major")
                .queryParam("royalty", "2")
                .get(draft + "/price")
                .then()
                .statusCode(200)
                .body(containsString("You get"))
                .body(containsString("1.7 credits"))
                .body(containsString("15 %"));
    }

    @Test
    void aFaultyBundleIsRefusedWithFileAndLineOnThePage() {
        Map<String, String> files = Bundles.identityFiles(user.name(), "Echo");
        files.computeIfPresent(
                "algomat.yaml", (_, text) -> text.replace("licence: Apache-2.0\n", "license: Apache-2.0\n"));

        user.form()
                .contentType(ContentType.MULTIPART)
                .multiPart("bundle", "b.zip", Bundles.zip(files), "application/zip")
                .post("/publish")
                .then()
                .statusCode(422)
                .body(containsString("<code>algomat.yaml:6</code>"))
                .body(containsString("&#39;license&#39; is not known here"))
                .body(containsString("&#39;licence&#39; is missing"));
    }

    @Test
    void aVisitorIsToldToSignIn() {
        given().get("/publish").then().statusCode(200).body(containsString("Sign in to publish"));
    }

    @Test
    void theDraftOfAnotherIsNotThere() {
        String draft = uploadExample();

        Accounts.user("other").page().get(draft).then().statusCode(404);
    }

    @Test
    void aDraftIsThrownAway() {
        String draft = uploadExample();
        awaitTested(draft);

        user.form().post(draft + "/discard").then().statusCode(303);

        user.page().get(draft).then().statusCode(404);
        user.page().get("/publish").then().body(not(containsString(draft)));
    }

    @Test
    void withoutTheFormsTokenNothingIsTaken() {
        int status = user.page()
                .contentType(ContentType.MULTIPART)
                .multiPart("bundle", "b.zip", Bundles.identity(user.name(), "Echo"), "application/zip")
                .post("/publish")
                .statusCode();

        assertThat(status).isEqualTo(400);
    }
}
