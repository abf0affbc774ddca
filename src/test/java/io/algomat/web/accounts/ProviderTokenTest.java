package io.algomat.web.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.ProviderForTests;
import io.algomat.testing.ProviderForTests.User;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.awaitility.Awaitility;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

/** Access tokens of the provider beside API keys. */
@QuarkusTest
@TestProfile(WithProvider.class)
class ProviderTokenTest {
    private final ProviderForTests provider = WithProvider.Running.provider;

    @Inject
    Sql sql;

    private record Connected(Accounts.User owner, User user) {}

    @Test
    void aTokenActsForWhoeverIsConnectedWithItsUserWithinItsScopes() {
        Connected ada = connected("algomat-administrator");

        me(provider.signed(provider.access(ada.user())))
                .statusCode(200)
                .body("name", equalTo(ada.owner().name()))
                .body("scopes", equalTo(List.of("call")));
    }

    @Test
    void whatIsWrongWithATokenIsTold() {
        Connected ada = connected();
        JwtClaims elsewhere = provider.access(ada.user());
        elsewhere.setAudience("another-site");
        JwtClaims stranger = provider.access(ada.user());
        stranger.setIssuer("https://elsewhere.example");
        JwtClaims old = provider.access(ada.user());
        old.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 120));

        refused(provider.signed(elsewhere), "its audience must name 'algomat'");
        refused(provider.signed(stranger), "from another issuer");
        refused(provider.signed(old), "has expired");
        refused(provider.forged(provider.access(ada.user())), "not valid");
        refused(provider.signed(provider.claims(ada.user(), "ID", "algomat")), "expected Bearer");
        refused(provider.signed(provider.access(User.named("nobody"))), "Nobody here is connected");
    }

    @Test
    void aCallIsRefusedInTheWordsOfItsProtocol() {
        JwtClaims old = provider.access(User.named("late"));
        old.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 120));

        given().header("Authorization", "Bearer " + provider.signed(old))
                .contentType("application/json")
                .body("1")
                .post("/v1/algo/demo/echo")
                .then()
                .statusCode(401)
                .body("error.message", containsString("has expired"));
    }

    @Test
    void aTokenWithoutTheScopeDoesNotCall() {
        Connected ada = connected();
        JwtClaims bare = provider.access(ada.user());
        bare.setStringClaim("scope", "openid profile");

        given().header("Authorization", "Bearer " + provider.signed(bare))
                .contentType("application/json")
                .body("1")
                .post("/v1/algo/demo/echo")
                .then()
                .statusCode(403);
    }

    @Test
    void aTokenEndsWithItsTimeAndWithItsOwner() {
        Connected ada = connected();
        String token = provider.signed(provider.access(ada.user()));
        me(token).statusCode(200);

        sql.update(
                "UPDATE owner SET disabled_at = now() WHERE id = ?", ada.owner().ownerId());

        Awaitility.await().untilAsserted(() -> me(token).statusCode(401));
    }

    @Test
    void aTokenSignsNobodyInOnPages() {
        String token = provider.signed(provider.access(connected().user()));

        assertThat(given().redirects()
                        .follow(false)
                        .header("Authorization", "Bearer " + token)
                        .get("/account")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void tokensAreTakenWhileTheProviderIsAway() {
        Connected ada = connected();
        me(provider.signed(provider.access(ada.user()))).statusCode(200);
        provider.goAway();
        try {
            JwtClaims another = provider.access(ada.user());
            another.setJwtId(Ids.random("t"));
            me(provider.signed(another)).statusCode(200);
        } finally {
            provider.comeBack();
        }
    }

    private Connected connected(String... roles) {
        Accounts.User owner = Accounts.user("ada");
        User user = User.named(owner.name(), roles);
        sql.update(
                "INSERT INTO identity (issuer, subject, owner_id, name, created_at) VALUES (?, ?, ?, ?, now())",
                provider.url(),
                user.subject(),
                owner.ownerId(),
                user.name());
        return new Connected(owner, user);
    }

    private static ValidatableResponse me(String token) {
        return given().header("Authorization", "Bearer " + token).get("/api/me").then();
    }

    private static void refused(String token, String why) {
        me(token).statusCode(401).body("detail", containsString(why)).body("type", equalTo("/problems/token-refused"));
    }
}
