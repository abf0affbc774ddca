package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;

import io.algomat.accounts.SessionMechanism;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInPageTest {

    @Test
    void whoSignsUpIsSignedInAndGoesOnWhereItWantedTo() {
        String name = "new_" + System.nanoTime();

        Response answer = form().formParam("name", name)
                .formParam("password", Accounts.PASSWORD)
                .formParam("next", "/keys")
                .post("/sign-up");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).endsWith("/keys");
        given().cookie(SessionMechanism.COOKIE, answer.cookie(SessionMechanism.COOKIE))
                .get("/account")
                .then()
                .statusCode(200)
                .body(containsString("<h1>" + name + "</h1>"));
    }

    @Test
    void theSessionCookieIsKeptFromScriptsAndFromOtherSites() {
        Accounts.User ada = Accounts.user("ada");

        String cookie = signIn(ada.name(), Accounts.PASSWORD, "/").headers().getValues("Set-Cookie").stream()
                .filter(header -> header.startsWith(SessionMechanism.COOKIE + "="))
                .findFirst()
                .orElseThrow();

        assertThat(cookie).contains("HTTPOnly", "SameSite=Lax", "Secure", "Path=/");
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreToldInTheSameWords() {
        Accounts.User ada = Accounts.user("ada");

        Response wrong = signIn(ada.name(), "not the password", "/");
        Response unknown = signIn("nobody_here", "not the password", "/");

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(wrong.asString()).contains("Name and password do not belong together");
        assertThat(sameForAll(wrong, ada.name())).isEqualTo(sameForAll(unknown, "nobody_here"));
    }

    private static String sameForAll(Response answer, String name) {
        return answer.asString().replace(name, "NAME").replaceAll("value=\"[\\w-]{20,}\"|content=\"[\\w-]{20,}\"", "");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        Accounts.User ada = Accounts.user("ada");

        ada.page()
                .contentType("application/x-www-form-urlencoded")
                .post("/sign-out")
                .then()
                .statusCode(400);
        ada.page()
                .contentType("application/x-www-form-urlencoded")
                .formParam("name", "Sneaky")
                .formParam("scopes", "call")
                .formParam("csrf-token", "made-up")
                .post("/keys")
                .then()
                .statusCode(400);

        ada.page().get("/keys").then().statusCode(200).body(not(containsString("Sneaky")));
    }

    @Test
    void signingOutEndsTheSession() {
        Accounts.User ada = Accounts.user("ada");

        ada.form().post("/sign-out").then().statusCode(303);

        ada.page().get("/account").then().statusCode(303).header("Location", endsWith("/sign-in?next=%2Faccount"));
    }

    @Test
    void aPartOfAPageWhoseSessionEndedLeadsToTheSignInAndBack() {
        given().redirects()
                .follow(false)
                .header("HX-Request", "true")
                .header("HX-Current-URL", "http://elsewhere.example/runs?page=2")
                .get("/runs")
                .then()
                .statusCode(401)
                .header("HX-Redirect", "/sign-in?next=%2Fruns%3Fpage%3D2");
    }

    @Test
    void apisIgnoreCookiesAndPagesIgnoreKeys() {
        Accounts.User ada = Accounts.user("ada");

        ada.page().get("/api/me").then().statusCode(401);
        given().redirects()
                .follow(false)
                .header("Authorization", "Simple " + ada.key())
                .get("/account")
                .then()
                .statusCode(303);
        ada.page().get("/account").then().statusCode(200);
        ada.api().get("/api/me").then().statusCode(200).body(containsString(ada.name()));
    }

    @Test
    void aKeyIsTakenSimpleBareAndAsBearer() {
        Accounts.User ada = Accounts.user("ada");

        for (String header :
                new String[] {"Simple " + ada.key(), ada.key(), "Bearer " + ada.key(), "simple " + ada.key()}) {
            given().header("Authorization", header).get("/api/me").then().statusCode(200);
        }
        for (String header : new String[] {"Simple null", "Basic " + ada.key(), ada.key() + "x"}) {
            given().header("Authorization", header).get("/api/me").then().statusCode(401);
        }
    }

    @Test
    void whoIsSignedInIsSentOn() {
        Accounts.user("ada")
                .page()
                .get("/sign-in?next=/keys")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/keys"));
    }

    private static RequestSpecification form() {
        return Accounts.withCsrf(given().redirects().follow(false));
    }

    private static Response signIn(String name, String password, String next) {
        return form().formParam("name", name)
                .formParam("password", password)
                .formParam("next", next)
                .post("/sign-in");
    }
}
