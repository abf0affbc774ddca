package io.algomat.web.publishing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ManagePageTest {
    @Inject
    Sql sql;

    private Accounts.User owner;
    private Bundles.Algorithm algorithm;
    private String manage;

    @BeforeEach
    void publish() {
        owner = Accounts.user("mng");
        algorithm = Bundles.publishIdentity(owner.caller());
        manage = "/algorithms/" + algorithm.path() + "/manage";
    }

    @Test
    void theOwnerEditsThePageAndReadersSeeIt() {
        owner.page().get(manage).then().statusCode(200).body(containsString("Gives its input back"));

        owner.form()
                .formParam("title", "A better echo")
                .formParam("tag_line", "Says it again")
                .formParam("readme", "# Hi\n\n<script>alert(1)</script>")
                .formParam("categories", "language", "tools")
                .formParam("tags", "parrot, echo")
                .formParam("licence", "MIT")
                .post(manage)
                .then()
                .statusCode(303);

        given().get("/algorithms/" + algorithm.path())
                .then()
                .body(containsString("A better echo"))
                .body(not(containsString("<script>alert")));
        given().get("/api/algorithms/" + algorithm.path())
                .then()
                .body("tags", contains("parrot", "echo"))
                .body("categories", contains("language", "tools"))
                .body("readmeHtml", not(containsString("<script>")));
    }

    @Test
    void textsAreHeldToTheManifestsRules() {
        owner.form()
                .formParam("title", "")
                .formParam("tag_line", "x")
                .formParam("readme", "kept")
                .formParam("categories", "cooking")
                .formParam("tags", "Not a TAG!")
                .formParam("licence", "MIT")
                .post(manage)
                .then()
                .statusCode(422)
                .body(containsString("a title of at most 80 characters"))
                .body(containsString("&#39;cooking&#39; is not one of"))
                .body(containsString("kept"));
    }

    @Test
    void anUnlistedAlgorithmIsLeftOutOfTheSearchButCanBeOpened() {
        owner.form().formParam("listed", "false").post(manage + "/list").then().statusCode(303);

        given().queryParam("q", algorithm.name())
                .get("/api/algorithms")
                .then()
                .body(not(containsString(algorithm.name())));
        given().get("/algorithms/" + algorithm.path()).then().statusCode(200).body(containsString("Unlisted"));

        owner.form().formParam("listed", "true").post(manage + "/list").then().statusCode(303);
        given().queryParam("q", algorithm.name()).get("/api/algorithms").then().body(containsString(algorithm.name()));
    }

    @Test
    void aVersionIsDeprecatedWithANoteAndTakenBack() {
        owner.form()
                .formParam("version", "1.0.0")
                .formParam("note", " ")
                .post(manage + "/deprecate")
                .then()
                .statusCode(422);
        owner.form()
                .formParam("version", "1.0.0")
                .formParam("note", "Use 2.0.0.")
                .post(manage + "/deprecate")
                .then()
                .statusCode(303);
        given().get("/algorithms/" + algorithm.path()).then().body(containsString("Use 2.0.0."));

        owner.form()
                .formParam("version", "1.0.0")
                .post(manage + "/undeprecate")
                .then()
                .statusCode(303);
        given().get("/algorithms/" + algorithm.path()).then().body(not(containsString("Use 2.0.0.")));
    }

    @Test
    void strangersFindNothingToManage() {
        Accounts.User stranger = Accounts.user("mng");

        stranger.page().get(manage).then().statusCode(404);
        stranger.form()
                .formParam("listed", "false")
                .post(manage + "/list")
                .then()
                .statusCode(404);
        stranger.form()
                .formParam("version", "1.0.0")
                .formParam("note", "gone")
                .post(manage + "/deprecate")
                .then()
                .statusCode(404);
        given().redirects().follow(false).get(manage).then().statusCode(303);
    }

    @Test
    void theAdministratorTakesDownWithAReasonAndRestores() {
        Accounts.User administrator = Accounts.administrator("adm");
        String act = "/admin/algorithms/" + algorithm.path();

        administrator
                .form()
                .formParam("reason", "")
                .post(act + "/take-down")
                .then()
                .statusCode(422);
        administrator
                .form()
                .formParam("reason", "Stolen weights")
                .post(act + "/take-down")
                .then()
                .statusCode(303);

        given().get("/algorithms/" + algorithm.path()).then().statusCode(404);
        owner.page()
                .get("/algorithms/" + algorithm.path())
                .then()
                .statusCode(200)
                .body(containsString("Stolen weights"));
        given().queryParam("q", algorithm.name())
                .get("/api/algorithms")
                .then()
                .body(not(containsString(algorithm.name())));
        assertThat(sql.count(
                        "SELECT count(*) FROM audit WHERE act = 'algorithm.take-down' AND subject = ?",
                        "algorithm:" + algorithm.path()))
                .isEqualTo(1);
        administrator
                .form()
                .formParam("reason", "Again")
                .post(act + "/take-down")
                .then()
                .statusCode(409);

        administrator
                .form()
                .formParam("reason", "Licence shown")
                .post(act + "/restore")
                .then()
                .statusCode(303);
        given().get("/algorithms/" + algorithm.path()).then().statusCode(200);
    }

    @Test
    void nobodyElseSeesTheAdministratorsPage() {
        owner.page().get("/admin/algorithms").then().statusCode(404);
        owner.form()
                .formParam("reason", "mine now")
                .post("/admin/algorithms/" + algorithm.path() + "/take-down")
                .then()
                .statusCode(404);
        Accounts.administrator("adm").page().get("/admin/algorithms").then().statusCode(200);
    }
}
