package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeysPageTest {
    private static final Pattern KEY = Pattern.compile("sim[0-9A-Za-z]{25}");

    @Test
    void aNewKeyIsShownOnceAndWorks() {
        Accounts.User ada = Accounts.user("ada");

        Response made = ada.form()
                .formParam("name", "Nightly <job>")
                .formParam("scopes", "call", "read:usage")
                .post("/keys");

        assertThat(made.statusCode()).isEqualTo(200);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        Matcher found = KEY.matcher(made.asString());
        assertThat(found.find()).isTrue();
        given().header("Authorization", "Simple " + found.group())
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("scopes.join(',')", equalTo("call,read:usage"));
        String list = ada.page().get("/keys").asString();
        assertThat(KEY.matcher(list).find()).isFalse();
        assertThat(list).contains("Nightly &lt;job&gt;", found.group().substring(0, 8) + "…");
    }

    @Test
    void aKeyWithoutScopesOrWithAPastDayComesBackWithTheErrorBesideTheField() {
        Accounts.User ada = Accounts.user("ada");

        ada.form()
                .formParam("name", "Nothing")
                .post("/keys")
                .then()
                .statusCode(422)
                .body(containsString("Choose at least one thing that the key may do"))
                .body(containsString("value=\"Nothing\""));
        ada.form()
                .formParam("name", "Old")
                .formParam("scopes", "call")
                .formParam("expires", "2020-01-01")
                .post("/keys")
                .then()
                .statusCode(422)
                .body(containsString("Choose a day in the future"));
        ada.form()
                .formParam("name", "Odd")
                .formParam("scopes", "call", "admin")
                .formParam("expires", "soon")
                .post("/keys")
                .then()
                .statusCode(422);
    }

    @Test
    void aRevokedKeyIsRefusedByTheNextCall() {
        Accounts.User ada = Accounts.user("ada");
        ada.api().get("/api/me").then().statusCode(200);
        String page = ada.page().get("/keys").asString();
        Matcher revoke = Pattern.compile("/keys/\\d+/revoke").matcher(page);
        assertThat(revoke.find()).isTrue();

        ada.form().post(revoke.group()).then().statusCode(303);

        ada.api().get("/api/me").then().statusCode(401);
        ada.page().get("/keys").then().body(containsString("No keys yet")).body(not(containsString("/revoke")));
    }

    @Test
    void nobodyRevokesAKeyOfSomebodyElse() {
        Accounts.User ada = Accounts.user("ada");
        Accounts.User eve = Accounts.user("eve");
        Matcher revoke = Pattern.compile("/keys/\\d+/revoke")
                .matcher(ada.page().get("/keys").asString());
        assertThat(revoke.find()).isTrue();

        eve.form().post(revoke.group()).then().statusCode(404);

        ada.api().get("/api/me").then().statusCode(200);
    }

    @Test
    void visitorsAreSentToSignIn() {
        given().redirects().follow(false).get("/keys").then().statusCode(303);
    }
}
