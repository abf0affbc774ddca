package io.algomat.web.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RunPageTest {
    private static RequestSpecification withToken(RequestSpecification page) {
        String token = RestAssured.given().get("/sign-in").cookie("csrf-token");
        return page.cookie("csrf-token", token).header("X-CSRF-TOKEN", token);
    }

    private static String address(Echo echo) {
        return "/algorithms/" + echo.path() + "/run";
    }

    @Test
    void aSignedInReaderRunsOnTheirOwnCredit() {
        Accounts.User user = Accounts.user("runs");
        Echo echo = new PublishedEcho().price(500_000, 0).publish();
        String call = withToken(user.page())
                .header("Content-Type", "application/json")
                .body("{\"a\":[1]}".getBytes(StandardCharsets.UTF_8))
                .post(address(echo) + "?version=1.0.0")
                .then()
                .statusCode(200)
                .body("call", matchesPattern("call_[0-9a-z]{26}"))
                .body("kind", equalTo("json"))
                .body("result.a", hasItem(1))
                .body("timing.compute_ms", greaterThan(0f))
                .body("timing.total_ms", greaterThan(0f))
                .body("timing.device", equalTo("cpu"))
                .body("cost.total", equalTo("0.5"))
                .body("cost.fee", equalTo("0.075"))
                .body("cost.publisher", equalTo("0.425"))
                .body("cost.promo", equalTo("0.5"))
                .body("version", equalTo("1.0.0"))
                .body("error", nullValue())
                .extract()
                .path("call");
        user.page()
                .get("/runs/" + call)
                .then()
                .statusCode(200)
                .body(containsString(call))
                .body(containsString("0.425"))
                .body(containsString("the playground"));
        user.page().get("/runs").then().statusCode(200).body(containsString(echo.path()));
        user.page().get("/runs?outcome=failed").then().body(containsString("No calls found"));
        Accounts.user("other").page().get("/runs/" + call).then().statusCode(404);
    }

    @Test
    void aVisitorRunsOnTheGuestAccount() {
        Echo echo = new PublishedEcho().publish();
        withToken(RestAssured.given())
                .header("Content-Type", "image/png")
                .body(new byte[] {1, 2, 3})
                .post(address(echo))
                .then()
                .statusCode(200)
                .body("kind", equalTo("binary"))
                .body("result", equalTo(Base64.getEncoder().encodeToString(new byte[] {1, 2, 3})));
    }

    @Test
    void withoutTheTokenNothingRunsAndAKeyDoesNotHelp() {
        Accounts.User user = Accounts.user("forged");
        Echo echo = new PublishedEcho().publish();
        user.page()
                .header("Content-Type", "text/plain")
                .body("x".getBytes(StandardCharsets.UTF_8))
                .post(address(echo))
                .then()
                .statusCode(400);
        user.api()
                .header("Content-Type", "text/plain")
                .body("x".getBytes(StandardCharsets.UTF_8))
                .post(address(echo))
                .then()
                .statusCode(400);
    }

    @Test
    void anAlgorithmsFailureIsToldWithItsTypeAndIsFree() {
        Accounts.User user = Accounts.user("unlucky");
        Echo broken = new PublishedEcho().unloadable().publish();
        String call = withToken(user.page())
                .header("Content-Type", "text/plain")
                .body("x".getBytes(StandardCharsets.UTF_8))
                .post(address(broken))
                .then()
                .statusCode(200)
                .body("error.type", equalTo("LoadingError"))
                .body("error.message", notNullValue())
                .body("result", nullValue())
                .body("cost.total", equalTo("0"))
                .extract()
                .path("call");
        user.page().get("/runs/" + call).then().body(containsString("could not be loaded"));
    }

    @Test
    void aRefusalIsAProblemDocument() {
        withToken(RestAssured.given())
                .header("Content-Type", "application/json")
                .body("{".getBytes(StandardCharsets.UTF_8))
                .post(address(new PublishedEcho().publish()))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("not JSON"));
    }

    @Test
    void visitorsOfOneAddressAreHeldToALimitAndToldWhenToComeBack() throws IOException, InterruptedException {
        String path = address(new PublishedEcho().publish());
        String token = RestAssured.given().get("/sign-in").cookie("csrf-token");
        HttpRequest run = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                .header("Cookie", "csrf-token=" + token)
                .header("X-CSRF-TOKEN", token)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        // An address of its own, so that visitors in other tests keep their calls.
        try (HttpClient visitor = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName("127.0.0.66"))
                .build()) {
            HttpResponse<String> answer = visitor.send(run, HttpResponse.BodyHandlers.ofString());
            for (int i = 0; i < 90 && answer.statusCode() == 200; i++) {
                answer = visitor.send(run, HttpResponse.BodyHandlers.ofString());
            }
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(1L, 60L);
        }
    }

    @Test
    void runsAreForTheSignedIn() {
        RestAssured.given()
                .redirects()
                .follow(false)
                .header("Accept", "text/html")
                .get("/runs")
                .then()
                .statusCode(303);
        Accounts.user("fresh")
                .page()
                .get("/runs?days=90")
                .then()
                .statusCode(200)
                .body(containsString("No calls yet"));
    }
}
