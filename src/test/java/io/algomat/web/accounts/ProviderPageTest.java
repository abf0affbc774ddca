package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.accounts.SessionMechanism;
import io.algomat.testing.Accounts;
import io.algomat.testing.ProviderForTests;
import io.algomat.testing.ProviderForTests.User;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** Signing in with a provider, from the first visit to the logout that the provider tells of. */
@QuarkusTest
@TestProfile(WithProvider.class)
class ProviderPageTest {
    private final ProviderForTests provider = WithProvider.Running.provider;
    private final Map<String, String> cookies = new HashMap<>();

    @Test
    void whoComesForTheFirstTimeChoosesANameAndIsKnownFromThenOn() {
        User user = User.named("new.one@example");
        String name = unique("newcomer");

        Response first = comeBack(user);
        assertThat(first.header("Location")).endsWith("/sign-in/first");
        Response page = browser().get("/sign-in/first");
        assertThat(page.asString()).contains("new.one@example", "value=\"new_one\"");
        Response made = form().formParam("name", name).post("/sign-in/first");
        keep(made);

        assertThat(made.statusCode()).isEqualTo(303);
        assertThat(made.header("Location")).endsWith("/keys");
        assertThat(browser().get("/account").asString())
                .contains("<h1>" + name + "</h1>", "new.one@example")
                .doesNotContain("Current password");
        cookies.clear();
        assertThat(comeBack(user).header("Location")).endsWith("/keys");
        assertThat(browser().get("/account").asString()).contains("<h1>" + name + "</h1>");
    }

    @Test
    void aNameThatIsTakenIsNotTakenAwayFromWhoHasIt() {
        Accounts.User ada = Accounts.user("ada");
        comeBack(User.named(ada.name()));

        Response page = browser().get("/sign-in/first");
        Response refused = form().formParam("name", ada.name()).post("/sign-in/first");

        assertThat(page.asString()).doesNotContain("value=\"" + ada.name() + "\"");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.asString()).contains("is taken");
        assertThat(browser().get("/account").statusCode()).isEqualTo(303);
    }

    @Test
    void aLocalAccountIsConnectedAtTheFirstVisitByItsPasswordAlone() {
        Accounts.User ada = Accounts.user("ada");
        User user = User.named(ada.name());
        comeBack(user);

        Response wrong = form().formParam("local", ada.name())
                .formParam("password", "not the password")
                .post("/sign-in/first/connect");
        Response right = form().formParam("local", ada.name())
                .formParam("password", Accounts.PASSWORD)
                .post("/sign-in/first/connect");
        keep(right);

        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(browser().get("/account").asString()).contains("<h1>" + ada.name() + "</h1>");
        cookies.clear();
        comeBack(user);
        assertThat(browser().get("/account").asString()).contains("<h1>" + ada.name() + "</h1>");
    }

    @Test
    void anAccountIsConnectedFromItsPageAndOnlyWhenThatPageAsked() {
        Accounts.User ada = Accounts.user("ada");
        User user = User.named("whoever");
        cookies.put(SessionMechanism.COOKIE, ada.sessionCookie());

        assertThat(comeBack(user).header("Location")).endsWith("/sign-in/first");
        assertThat(form().post("/account/connect").statusCode()).isEqualTo(303);
        assertThat(comeBack(user).header("Location")).endsWith("/account?connected=true");

        cookies.clear();
        comeBack(user);
        assertThat(browser().get("/account").asString()).contains("<h1>" + ada.name() + "</h1>");
    }

    @Test
    void aSignInThatBelongsToSomebodyIsNotConnectedWithAnother() {
        User user = User.named("taken");
        String holder = unique("holder");
        newcomer(user, holder);
        Accounts.User ada = Accounts.user("ada");
        cookies.clear();
        cookies.put(SessionMechanism.COOKIE, ada.sessionCookie());
        form().post("/account/connect");

        Response refused = comeBack(user);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.asString()).contains(holder);
    }

    @Test
    void theRoleMakesAnAdministratorAndIsTakenAwayInEverySessionOnceItIsGone() {
        User user = User.named("boss", "algomat-administrator");
        newcomer(user, unique("boss"));
        assertThat(browser().get("/admin/users").statusCode()).isEqualTo(200);
        String earlier = cookies.get(SessionMechanism.COOKIE);

        cookies.clear();
        comeBack(new User(user.subject(), user.name(), List.of("another-role")));

        assertThat(browser().get("/admin/users").statusCode()).isEqualTo(404);
        cookies.put(SessionMechanism.COOKIE, earlier);
        assertThat(browser().get("/admin/users").statusCode()).isEqualTo(404);
    }

    @Test
    void aWayBackThatThisBrowserDidNotBeginSignsNobodyIn() {
        String back = outAndBack(User.named("eve"));
        cookies.clear();

        Response answer = browser().get(back);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.cookie(SessionMechanism.COOKIE)).isNull();
    }

    @Test
    void noTokenOfTheProviderIsLeftInTheBrowser() {
        newcomer(User.named("clean"), unique("clean"));

        assertThat(cookies).containsKey(SessionMechanism.COOKIE);
        assertThat(cookies.keySet()).noneMatch(name -> name.startsWith("q_session"));
    }

    @Test
    void signingOutGoesOnAtTheProvider() {
        newcomer(User.named("leaver"), unique("leaver"));

        Response answer = form().post("/sign-out");

        assertThat(answer.header("Location"))
                .startsWith(provider.url() + "/end?id_token_hint=ey")
                .contains("post_logout_redirect_uri=http");
        assertThat(browser().get("/account").statusCode()).isEqualTo(303);
    }

    @Test
    void aLogoutThatTheProviderTellsOfEndsTheSessionOnce() {
        User user = User.named("gone");
        newcomer(user, unique("gone"));
        assertThat(browser().get("/account").statusCode()).isEqualTo(200);
        String token = provider.signed(provider.logout(user));

        assertThat(ended(token).statusCode()).isEqualTo(200);
        assertThat(browser().get("/account").statusCode()).isEqualTo(303);

        Response again = ended(token);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.asString()).contains("taken before");
    }

    @Test
    void whatIsNoLogoutTokenOfTheProviderEndsNothing() {
        User user = User.named("stays");
        newcomer(user, unique("stays"));
        JwtClaims withNonce = provider.logout(user);
        withNonce.setStringClaim("nonce", "n");
        JwtClaims withoutEvent = provider.logout(user);
        withoutEvent.unsetClaim("events");
        JwtClaims elsewhere = provider.logout(user);
        elsewhere.setAudience("another-client");
        JwtClaims stranger = provider.logout(user);
        stranger.setIssuer("https://elsewhere.example");
        JwtClaims idToken = provider.claims(user, "ID", "algomat");

        for (JwtClaims claims : new JwtClaims[] {withNonce, withoutEvent, elsewhere, stranger, idToken}) {
            assertThat(ended(provider.signed(claims)).statusCode())
                    .as(claims.toJson())
                    .isEqualTo(400);
        }
        assertThat(ended(provider.forged(provider.logout(user))).statusCode()).isEqualTo(400);
        assertThat(ended("nonsense").statusCode()).isEqualTo(400);
        assertThat(browser().get("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void withoutItsProviderTheSiteGoesOnAndSaysHowToSignIn() {
        Accounts.User ada = Accounts.user("ada");
        provider.goAway();
        try {
            Response begun = browser().get("/sign-in/provider");

            ada.api().get("/api/me").then().statusCode(200);
            ada.page().get("/account").then().statusCode(200);
            assertThat(browser().get("/sign-in").asString()).contains("name=\"password\"");
            assertThat(begun.statusCode()).isEqualTo(503);
            assertThat(begun.asString()).contains("Keycloak does not answer", "href=\"/sign-in\"");
        } finally {
            provider.comeBack();
        }
    }

    private void newcomer(User user, String name) {
        comeBack(user);
        keep(form().formParam("name", name).post("/sign-in/first"));
    }

    private Response comeBack(User user) {
        String back = outAndBack(user);
        Response answer = browser().get(back);
        assertThat(answer.statusCode()).as(answer.asString()).isIn(303, 409);
        keep(answer);
        return answer;
    }

    /** To the provider, where this user is signed in; where it sends the browser back to. */
    private String outAndBack(User user) {
        provider.visitor(user);
        Response out = browser().get("/sign-in/provider?next=/keys");
        assertThat(out.statusCode()).as(out.asString()).isEqualTo(303);
        keep(out);
        return given().redirects()
                .follow(false)
                .urlEncodingEnabled(false)
                .get(out.header("Location"))
                .header("Location");
    }

    private Response ended(String token) {
        return given().contentType("application/x-www-form-urlencoded")
                .formParam("logout_token", token)
                .post("/api/sign-in/ended");
    }

    private RequestSpecification browser() {
        return given().redirects().follow(false).urlEncodingEnabled(false).cookies(cookies);
    }

    private RequestSpecification form() {
        return Accounts.withCsrf(given().redirects().follow(false).cookies(cookies));
    }

    private void keep(Response answer) {
        answer.detailedCookies().forEach(cookie -> {
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else if (!cookie.getName().equals("csrf-token")) {
                cookies.put(cookie.getName(), cookie.getValue());
            }
        });
    }

    private static String unique(String name) {
        return name + "_" + System.nanoTime();
    }
}
