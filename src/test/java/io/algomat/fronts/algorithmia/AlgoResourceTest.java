package io.algomat.fronts.algorithmia;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithmia's protocol, point by point, against real workers. */
@QuarkusTest
class AlgoResourceTest {
    private static Accounts.User caller;
    private static Echo echo;

    @BeforeEach
    void publishOnce() {
        if (caller == null) {
            caller = Accounts.user("calls");
            echo = new PublishedEcho().publish();
        }
    }

    private static RequestSpecification text(String input) {
        // A charset that RestAssured would add by itself is part of the test elsewhere.
        return caller.api().header("Content-Type", "text/plain").body(input.getBytes(StandardCharsets.UTF_8));
    }

    private static RequestSpecification json(String input) {
        return caller.api().header("Content-Type", "application/json").body(input.getBytes(StandardCharsets.UTF_8));
    }

    private static String address() {
        return "/v1/algo/" + echo.path();
    }

    @Test
    void textComesBackAsTextInAlgorithmiasOrderOfKeys() {
        Response answer = text("Grüße, \"Welt\"\n").post(address());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.asString())
                .matches("\\{\"result\":\"Grüße, \\\\\"Welt\\\\\"\\\\n\","
                        + "\"metadata\":\\{\"content_type\":\"text\",\"duration\":[0-9.]+}}");
        assertThat(answer.jsonPath().getDouble("metadata.duration")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"a string\"", "-1.50e3", "[1, 2,3]", "{\"a\" : {\"b\": [true, null]}}"})
    void jsonComesBackByteForByte(String input) {
        Response answer = json(input).post(address());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).startsWith("{\"result\":" + input + ",\"metadata\":{\"content_type\":\"json\"");
    }

    @Test
    void bytesComeBackAsStrictBase64() {
        byte[] bytes = new byte[100_000];
        new Random(42).nextBytes(bytes);
        Response answer = caller.api()
                .header("Content-Type", "application/octet-stream")
                .body(bytes)
                .post(address());
        assertThat(answer.jsonPath().getString("metadata.content_type")).isEqualTo("binary");
        assertThat(Base64.getDecoder().decode(answer.jsonPath().getString("result")))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain; charset=UTF-8, text",
        "application/text, text",
        "application/json;charset=utf-8, json",
        "image/png, binary"
    })
    void theContentTypeSaysWhatTheInputIs(String contentType, String kind) {
        caller.api()
                .header("Content-Type", contentType)
                .body("1".getBytes(StandardCharsets.UTF_8))
                .post(address())
                .then()
                .statusCode(200)
                .body("metadata.content_type", equalTo(kind));
    }

    @Test
    void acceptAndTrailingSlashesAndStrayHeadersAreTolerated() {
        text("x")
                .header("Accept", "application/octet-stream")
                .post(address() + "/")
                .then()
                .statusCode(200)
                .body("result", equalTo("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/algo/algo://%s/1.0.0", "/v1/algo/algo:/%s", "/v1/algo//%s", "/v1/algo/%s/1.0.0/"})
    void wholeAlgorithmAddressesAreTakenAsSomeClientsPasteThem(String shape) {
        text("x")
                .urlEncodingEnabled(false)
                .post(shape.formatted(echo.path()))
                .then()
                .statusCode(200)
                .body("result", equalTo("x"));
    }

    @Test
    void ownerAndNameAreMatchedIgnoringCase() {
        text("x")
                .post("/v1/algo/" + echo.path().toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200);
    }

    @Test
    void ourOwnFiguresTravelInHeaders() {
        text("x")
                .post(address())
                .then()
                .header("X-Algomat-Call-Id", matchesPattern("call_[0-9a-z]{26}"))
                .header("X-Algomat-Cost", matchesPattern("0\\.5\\d*"))
                .header("Server-Timing", matchesPattern("queue;dur=[0-9.]+, cold;dur=[0-9.]+, compute;dur=[0-9.]+"))
                .header("RateLimit-Limit", notNullValue())
                .header("RateLimit-Remaining", notNullValue())
                .header("RateLimit-Reset", notNullValue());
    }

    @Test
    void aDeprecatedVersionSaysSoInTheAlerts() {
        Echo old = new PublishedEcho().deprecated().publish();
        text("x")
                .post("/v1/algo/" + old.path())
                .then()
                .body("metadata.alerts[0]", equalTo(old.path() + "/1.0.0 is deprecated"));
        text("x").post(address()).then().body("metadata.size()", equalTo(2));
    }

    @Test
    void rawOutputIsTheResultAlone() {
        Response answer = json("{\"a\": 1}").post(address() + "?output=raw");
        assertThat(answer.asString()).isEqualTo("{\"a\": 1}");
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(text("x").post(address() + "?output=raw").contentType()).startsWith("text/plain");
    }

    @Test
    void whatIsNotSupportedIsRefusedClearly() {
        text("x").post(address() + "?output=void").then().statusCode(400).body("error.message", containsString("void"));
        text("x")
                .post(address() + "?timeout=soon")
                .then()
                .statusCode(400)
                .body("error.message", containsString("soon"));
        text("x").post(address() + "?stdout=TRUE&sudo=true&other=1").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Simple %s", "%s", "Bearer %s", "simple %s"})
    void everyClientsWayOfSendingAKeyIsTaken(String header) {
        given().header("Authorization", header.formatted(caller.key()))
                .header("Content-Type", "application/json")
                .body("1".getBytes(StandardCharsets.UTF_8))
                .post(address())
                .then()
                .statusCode(200);
    }

    @Test
    void withoutAKeyOrWithAnUnknownOneTheAnswerIsAlgorithmias401() {
        String expected = "{\"error\":{\"message\":\"authorization required\"}}";
        for (String key : new String[] {
            null, "Simple null", "Simple simNoSuchKey", caller.key().toLowerCase(Locale.ROOT)
        }) {
            RequestSpecification call =
                    given().header("Content-Type", "application/json").body("1".getBytes(StandardCharsets.UTF_8));
            Response answer = (key == null ? call : call.header("Authorization", key)).post(address());
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.asString()).isEqualTo(expected);
        }
    }

    @Test
    void aSessionsCookieIsNoKey() {
        caller.page()
                .header("Content-Type", "application/json")
                .body("1".getBytes(StandardCharsets.UTF_8))
                .post(address())
                .then()
                .statusCode(401);
    }

    @Test
    void anUnknownAlgorithmIsAlgorithmias404() {
        Response answer = text("x").post("/v1/algo/nobody/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.asString())
                .isEqualTo("{\"error\":{\"message\":\"algorithm algo://nobody/nothing not found\"}}");
        text("x").post("/v1/algo/nobody").then().statusCode(404).body("error.message", startsWith("algorithm algo://"));
    }

    @Test
    void brokenJsonIsRefusedWithItsPlace() {
        json("{\"a\": 1,\n \"b\": }")
                .post(address())
                .then()
                .statusCode(400)
                .body("error.message", allOf(containsString("line 2"), containsString("not JSON")));
        json("1 2").post(address()).then().statusCode(400);
    }

    @Test
    void anUnknownContentTypeIs415AndAFormSaysWhatToDo() {
        caller.api()
                .header("Content-Type", "application/pdf")
                .body(new byte[] {1})
                .post(address())
                .then()
                .statusCode(415)
                .body("error.message", containsString("application/pdf"));
        caller.api()
                .contentType(ContentType.URLENC)
                .formParam("a", "b")
                .post(address())
                .then()
                .statusCode(415)
                .body("error.message", containsString("curl"));
    }

    @Test
    void moreThanTenMebibytesAreRefusedAnnouncedOrNot() throws Exception {
        byte[] tooMuch = new byte[10 * 1024 * 1024 + 1];
        caller.api()
                .header("Content-Type", "application/octet-stream")
                .body(tooMuch)
                .post(address())
                .then()
                .statusCode(413)
                .body("error.error_type", equalTo("TooLargeError"));
        RawHttp.Answer chunked = RawHttp.chunked(address(), caller.key(), tooMuch);
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.body()).contains("TooLargeError");
        byte[] justRight = Arrays.copyOf(tooMuch, 10 * 1024 * 1024);
        assertThat(RawHttp.chunked(address(), caller.key(), justRight).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/algo/a/b, 405",
        "OPTIONS, /v1/algo/a/b, 405",
        "PUT, /v1/algo/a/b, 405",
        "GET, /v1/data/.my/x, 404",
        "POST, /v1/nothing, 404",
        "GET, /v1, 404",
        "HEAD, /v1/algo/a/b, 405"
    })
    void otherMethodsAndRoutesAreAnsweredInAlgorithmiasWords(String method, String path, int status) {
        Response answer = caller.api().request(method, path);
        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 405) {
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
        if (!method.equals("HEAD")) {
            assertThat(answer.jsonPath().getString("error.message")).contains("POST /v1/algo/OWNER/NAME");
        }
    }

    @Test
    void aPrivateAlgorithmIs404ToStrangersAndCallableByItsOwner() {
        Accounts.User publisher = Accounts.user("hides");
        Echo hidden = new PublishedEcho().by(publisher).hidden().publish();
        text("x")
                .post("/v1/algo/" + hidden.path() + "/1.0.0")
                .then()
                .statusCode(404)
                .body("error.message", equalTo("algorithm algo://" + hidden.path() + " not found"));
        publisher
                .api()
                .header("Content-Type", "text/plain")
                .body("x".getBytes(StandardCharsets.UTF_8))
                .post("/v1/algo/" + hidden.path() + "/1.0.0")
                .then()
                .statusCode(200)
                .body("result", equalTo("x"));
    }

    @Test
    void versionSegmentsResolveAsAlgorithmiasDid() {
        String name = "versions-" + echo.name();
        for (String version : new String[] {"1.0.0", "1.2.0", "1.2.3", "2.0.1"}) {
            new PublishedEcho().named(name).version(version).deprecated().publish();
        }
        String[][] expected = {
            {"", "2.0.1"},
            {"/latest", "2.0.1"},
            {"/1", "1.2.3"},
            {"/1.*", "1.2.3"},
            {"/1.2", "1.2.3"},
            {"/1.2.x", "1.2.3"},
            {"/1.2.*", "1.2.3"},
            {"/1.0", "1.0.0"},
            {"/1.2.0", "1.2.0"}
        };
        for (String[] pair : expected) {
            text("x")
                    .post("/v1/algo/echoes/" + name + pair[0])
                    .then()
                    .statusCode(200)
                    .body("metadata.alerts[0]", containsString("/" + pair[1] + " "));
        }
        for (String unknown : new String[] {"/3", "/1.2.9", "/latestPrivate", "/abcdef"}) {
            text("x").post("/v1/algo/echoes/" + name + unknown).then().statusCode(404);
        }
    }

    @Test
    void aTimeoutIsAFailureOfTheAlgorithmWithStatus200AndFree() {
        Echo slow = new PublishedEcho().delayMillis(30_000).publish();
        text("x")
                .post("/v1/algo/" + slow.path() + "?timeout=0.8")
                .then()
                .statusCode(200)
                .header("X-Algomat-Cost", equalTo("0"))
                .body("error.error_type", equalTo("TimeoutError"))
                .body("error.message", notNullValue())
                .body("error.stacktrace", nullValue())
                .body("result", nullValue())
                .body("metadata.duration", greaterThan(0f));
        text("x")
                .post("/v1/algo/" + slow.path() + "?timeout=0.3&output=raw")
                .then()
                .statusCode(400);
    }
}
