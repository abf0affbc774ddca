package io.algomat.web.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.algomat.accounts.CreateKey;
import io.algomat.accounts.Scope;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PublishByApiTest {
    @Inject
    CreateKey createKey;

    private static String upload(Accounts.User user, byte[] zip) {
        return user.api()
                .contentType("application/zip")
                .body(zip)
                .post("/api/bundles")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/drafts/draft_"))
                .extract()
                .path("id");
    }

    private static JsonPath tested(Accounts.User user, String draft) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> user.api()
                                .get("/api/drafts/" + draft)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        json -> !json.getString("state").equals("received")
                                && !json.getString("state").equals("testing"));
    }

    @Test
    void aBundleIsUploadedTestedAndPublishedByProgramsAlone() {
        Accounts.User user = Accounts.user("api");
        String draft = upload(user, Bundles.identity(user.name(), "Echo"));

        JsonPath ready = tested(user, draft);
        assertThat(ready.getString("state")).isEqualTo("ready");
        assertThat(ready.getList("log.text", String.class)).anyMatch(line -> line.contains("1 of 1 samples passed"));
        assertThat(ready.getString("samples[0].output.value")).isEqualTo("Hello");
        assertThat(ready.getList("steps.version", String.class)).containsExactly("1.0.0", "0.1.0", "0.0.1");

        user.api()
                .contentType(ContentType.JSON)
                .body(Map.of("step", "minor", "royalty", 0.5, "notes", "The first."))
                .post("/api/drafts/" + draft + "/publish")
                .then()
                .statusCode(201)
                .body("version", equalTo("0.1.0"))
                .body("page", equalTo("/algorithms/" + user.name() + "/Echo"));

        given().get("/api/algorithms/" + user.name() + "/echo")
                .then()
                .statusCode(200)
                .body("version", equalTo("0.1.0"))
                .body("versions[0].royalty", equalTo("0.5"))
                .body("versions[0].releaseNotes", equalTo("The first."))
                .body("samples[0].output.value", equalTo("Hello"))
                .body("readmeHtml", startsWith("<h2"))
                .body("takenDownReason", nullValue());
        user.api()
                .get("/api/drafts/" + draft)
                .then()
                .body("state", equalTo("published"))
                .body("version", equalTo("0.1.0"));
    }

    @Test
    void aFaultyManifestIsAnsweredWithFileAndLine() {
        Accounts.User user = Accounts.user("api");
        Map<String, String> files = Bundles.identityFiles(user.name(), "Echo");
        files.computeIfPresent("algomat.yaml", (_, text) -> text.replace("task: identity", "task: telepathy"));

        user.api()
                .contentType("application/zip")
                .body(Bundles.zip(files))
                .post("/api/bundles")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors", hasSize(1))
                .body("errors[0].where", equalTo("algomat.yaml:7"))
                .body(
                        "errors[0].message",
                        containsString("'telepathy' is not one of text-embedding, object-detection"));
    }

    @Test
    void aKeyWithoutTheScopeMayNotPublish() {
        Accounts.User user = Accounts.user("api");
        String calling = createKey
                .create(user.ownerId(), "Calls", EnumSet.of(Scope.CALL), null)
                .key();

        given().header("Authorization", "Simple " + calling)
                .contentType("application/zip")
                .body(Bundles.identity(user.name(), "Echo"))
                .post("/api/bundles")
                .then()
                .statusCode(403)
                .body("detail", containsString("publish"));
    }

    @Test
    void withoutAKeyNothingIsTakenIn() {
        given().contentType("application/zip")
                .body(new byte[] {1})
                .post("/api/bundles")
                .then()
                .statusCode(401);
    }

    @Test
    void aStrangersDraftIsNotThere() {
        Accounts.User owner = Accounts.user("api");
        Accounts.User stranger = Accounts.user("api");
        String draft = upload(owner, Bundles.identity(owner.name(), "Echo"));

        stranger.api().get("/api/drafts/" + draft).then().statusCode(404);
        stranger.api().delete("/api/drafts/" + draft).then().statusCode(404);
        stranger.api()
                .contentType(ContentType.JSON)
                .body(Map.of("step", "major"))
                .post("/api/drafts/" + draft + "/publish")
                .then()
                .statusCode(404);
    }

    @Test
    void aDraftThatIsThrownAwayIsGone() {
        Accounts.User user = Accounts.user("api");
        String draft = upload(user, Bundles.identity(user.name(), "Echo"));

        user.api().delete("/api/drafts/" + draft).then().statusCode(204);

        user.api().get("/api/drafts/" + draft).then().statusCode(404);
    }

    @Test
    void aMissingStepIsNamed() {
        Accounts.User user = Accounts.user("api");
        String draft = upload(user, Bundles.identity(user.name(), "Echo"));

        user.api()
                .contentType(ContentType.JSON)
                .body(Map.of("step", "giant"))
                .post("/api/drafts/" + draft + "/publish")
                .then()
                .statusCode(422)
                .body("errors[0].where", is("step"))
                .body("detail", containsString("major, minor or revision"));
    }
}
