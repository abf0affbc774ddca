package io.algomat.accounts;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Anyone may say that a key has leaked, and learns nothing by it. */
@QuarkusTest
class ReportLeakTest {
    @Inject
    CreateKey create;

    @Inject
    ReportLeak report;

    @Inject
    Sql sql;

    @Inject
    AccountsConfig config;

    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.username")
    String username;

    @ConfigProperty(name = "algomat.db.password")
    String password;

    @Test
    void aReportedKeyIsDeadAtOnceAndItsOwnerIsTold() {
        Accounts.User ada = Accounts.user("leak_ada");
        CreateKey.NewKey other = create.create(ada.ownerId(), "other", Set.of(Scope.READ_USAGE), null);
        assertThat(status(ada.key())).isEqualTo(200);
        assertThat(send("[{\"token\":\"" + ada.key() + "\",\"url\":\"https://example.com/paste\"}]")
                        .statusCode())
                .isEqualTo(202);
        assertThat(status(ada.key())).isEqualTo(401);
        assertThat(status(other.key())).as("the others live").isEqualTo(200);
        ada.page().get("/keys").then().body(containsString("somebody reported that it had leaked"));
        ada.page().get("/account").then().body(containsString("key.leak")).body(not(containsString(ada.key())));
        assertThat(sql.list("""
                        SELECT a.before FROM audit a JOIN api_key k ON a.subject = 'key:' || k.id
                         WHERE a.act = 'key.leak' AND k.owner_id = ? AND a.address = '127.0.0.1'
                        """, row -> row.getString(1), ada.ownerId()))
                .containsExactly("Test (" + ada.key().substring(0, 8) + "…)");
    }

    @Test
    void everyReportIsAnsweredAlike() {
        Accounts.User ada = Accounts.user("leak_alike");
        List<Response> answers = Stream.of(
                        "",
                        "{",
                        "no key in here",
                        ApiKeyText.random(),
                        ada.key(),
                        ada.key(),
                        "\u0000" + ada.key().substring(1))
                .map(ReportLeakTest::send)
                .toList();
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(answers).extracting(Response::asString).containsOnly("");
        assertThat(answers)
                .extracting(answer -> answer.getHeaders().asList().stream()
                        .map(header -> header.getName())
                        .toList()
                        .toString())
                .containsOnly(answers.getFirst().getHeaders().asList().stream()
                        .map(header -> header.getName())
                        .toList()
                        .toString());
        assertThat(given().header("Authorization", "Simple wrong")
                        .body("x")
                        .post("/api/leaked-keys")
                        .statusCode())
                .isEqualTo(202);
        assertThat(given().body(new byte[200_000]).post("/api/leaked-keys").statusCode())
                .isEqualTo(202);
    }

    @Test
    void whoReportsTooOftenIsNotListenedToAndNotTold() {
        Accounts.User ada = Accounts.user("leak_often");
        for (int i = 0; i < config.leakReportsPerMinute(); i++) {
            report.report(ApiKeyText.random(), "198.51.100.7");
        }
        report.report(ada.key(), "198.51.100.7");
        assertThat(status(ada.key())).isEqualTo(200);
        report.report(ada.key(), "198.51.100.8");
        assertThat(status(ada.key())).isEqualTo(401);
    }

    @Test
    void whatOnlyLooksLikeAKeyCostsNothing() {
        Accounts.User ada = Accounts.user("leak_noise");
        for (int i = 0; i < config.leakReportsPerMinute() + 1; i++) {
            report.report("sim0123456789012345678901234", "198.51.100.9");
        }
        // Within a longer word it is none.
        report.report("x" + ada.key(), "198.51.100.9");
        assertThat(status(ada.key())).isEqualTo(200);
        report.report("found: '" + ada.key() + "'.", "198.51.100.9");
        assertThat(status(ada.key())).isEqualTo(401);
    }

    @Test
    void otherGatewaysHearOfIt() throws Exception {
        Accounts.User ada = Accounts.user("leak_heard");
        try (Connection gateway = DriverManager.getConnection(url, username, password);
                Statement statement = gateway.createStatement()) {
            statement.execute("LISTEN caller_changed");
            send(ada.key());
            assertThat(gateway.unwrap(PGConnection.class).getNotifications(10_000))
                    .extracting(heard -> heard.getParameter())
                    .contains(String.valueOf(ada.ownerId()));
        }
    }

    private static Response send(String text) {
        return given().body(text).post("/api/leaked-keys");
    }

    private static int status(String key) {
        return given().header("Authorization", "Simple " + key)
                .get("/api/billing/limits")
                .statusCode();
    }
}
