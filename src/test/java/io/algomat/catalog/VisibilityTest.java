package io.algomat.catalog;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.algomat.platform.Credits;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what of an algorithm, by pages and by the API. */
@QuarkusTest
class VisibilityTest {
    private final Accounts.User owner = Accounts.user("vis");
    private final Accounts.User stranger = Accounts.user("vis");
    private final Accounts.User administrator = Accounts.administrator("vis");

    private Bundles.Algorithm half() {
        byte[] zip = Bundles.identity(owner.name(), "Half");
        Bundles.publish(zip, new Publication(Step.MAJOR, Visibility.PUBLIC, Credits.ZERO, ""), owner.caller());
        return Bundles.publish(
                zip, new Publication(Step.MINOR, Visibility.PRIVATE, Credits.ZERO, "Not for all."), owner.caller());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/about", "/api", "/samples", "/versions", "/samples/1/input", "/samples/1/output"})
    void aPrivateAlgorithmIsNotThereForVisitorsAndStrangers(String tab) {
        String path = Bundles.publishIdentity(owner.caller(), Credits.ZERO, Visibility.PRIVATE)
                .path();
        String page = "/algorithms/" + path + tab;

        given().accept("text/html").get(page).then().statusCode(404);
        stranger.page().get(page).then().statusCode(404);
        stranger.page().queryParam("version", "1.0.0").get(page).then().statusCode(404);
        owner.page().get(page).then().statusCode(200);
    }

    @Test
    void theApiTellsStrangersAndKeysOfAdministratorsOfPublicVersionsAlone() {
        Bundles.Algorithm algorithm = Bundles.publishIdentity(owner.caller(), Credits.ZERO, Visibility.PRIVATE);
        String api = "/api/algorithms/" + algorithm.path();

        given().get(api).then().statusCode(404);
        stranger.api().get(api).then().statusCode(404);
        administrator.api().get(api).then().statusCode(404);
        administrator.page().get("/algorithms/" + algorithm.path()).then().statusCode(200);
        owner.api().get(api).then().statusCode(200).body("versions", hasSize(1));
        given().cookie("algomat_session", owner.sessionCookie()).get(api).then().statusCode(404);
    }

    @Test
    void aPrivateVersionBesideAPublicOneIsNotEvenNamedToStrangers() {
        Bundles.Algorithm algorithm = half();

        stranger.page()
                .get("/algorithms/" + algorithm.path() + "/versions")
                .then()
                .statusCode(200)
                .body(not(containsString("Not for all.")));
        given().get("/api/algorithms/" + algorithm.path()).then().body("versions.visibility", contains("public"));
    }

    @Test
    void onlyTheOwnerManagesAndNotEvenTheAdministratorDoes() {
        String manage = "/algorithms/" + Bundles.publishIdentity(owner.caller()).path() + "/manage";

        stranger.page().get(manage).then().statusCode(404);
        administrator.page().get(manage).then().statusCode(404);
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
        owner.page().get(manage).then().statusCode(200);
    }
}
