package io.algomat.fronts.algorithmia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.algomat.billing.Billing;
import io.algomat.billing.HoldRequest;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** I3: the same idempotency key means one execution charged, and the same answer. F14 and F15 of the fault matrix. */
@QuarkusTest
class IdempotentCallsTest {
    private static Echo echo;

    @Inject
    Billing billing;

    @Inject
    Sql sql;

    private Accounts.User caller;
    private String key;

    @BeforeEach
    void callerAndEcho() {
        caller = Accounts.user("once");
        key = UUID.randomUUID().toString();
        if (echo == null) {
            echo = new PublishedEcho().publish();
        }
    }

    private Response call(String path, String input) {
        return caller.api()
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .body(input)
                .post("/v1/algo/" + path);
    }

    private Response call(String input) {
        return call(echo.path(), input);
    }

    private long charges() {
        return sql.count("SELECT count(*) FROM charge WHERE caller_id = ?", caller.ownerId());
    }

    private UUID kept() {
        return sql.first(
                        "SELECT call_id FROM idempotent_call WHERE account_id = ? AND key = ?",
                        row -> row.getObject(1, UUID.class),
                        caller.ownerId(),
                        key)
                .orElseThrow();
    }

    /** As the gateway's death leaves it: nobody says any more that the call runs. */
    private void lapse(String state) {
        sql.update(
                "UPDATE idempotent_call SET state = ?, alive_until = now() - interval '1 second' WHERE call_id = ?",
                state,
                kept());
    }

    private static void same(Response again, Response first) {
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        for (String header : List.of("X-Algomat-Call-Id", "X-Algomat-Cost", "Server-Timing")) {
            assertThat(again.header(header)).as(header).isEqualTo(first.header(header));
        }
    }

    @Test
    void theSameKeyGivesTheSameAnswerAndOneCharge() {
        Response first = call("{\"a\": [1, \"ü\"]}");
        first.then().statusCode(200).header("X-Algomat-Repeated", nullValue());
        Response again = call("{\"a\": [1, \"ü\"]}");
        same(again, first);
        assertThat(again.header("X-Algomat-Repeated")).isEqualTo("true");
        assertThat(charges()).isOne();
        assertThat(billing.available(caller.ownerId()))
                .isEqualTo(Credits.of(10_000).minus(Credits.parse(first.header("X-Algomat-Cost"))));
    }

    @Test
    void fiftyAtOnceAreOneExecutionAndOneCharge() throws Exception {
        Echo slow = new PublishedEcho().delayMillis(200).publish();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Response>> calls;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            calls = IntStream.range(0, 50)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                Assertions.assertThatCode(go::await).doesNotThrowAnyException();
                                return call(slow.path(), "7");
                            },
                            threads))
                    .toList();
            go.countDown();
        }
        List<Response> answers = calls.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Response::statusCode).containsOnly(200, 409);
        Response done =
                answers.stream().filter(a -> a.statusCode() == 200).findFirst().orElseThrow();
        // Who was told that it runs repeats it.
        for (Response answer : answers) {
            same(answer.statusCode() == 409 ? call(slow.path(), "7") : answer, done);
        }
        assertThat(charges()).isOne();
    }

    @Test
    void theSameKeyForAnotherInputOrAlgorithmIsRefusedAndNothingRuns() {
        call("1").then().statusCode(200);
        Echo other = new PublishedEcho().publish();
        for (Response answer : List.of(call("2"), call(other.path(), "1"), call(echo.path() + "/1.0.0", "1"))) {
            answer.then()
                    .statusCode(422)
                    .header("X-Algomat-Error", equalTo("key-reused"))
                    .body("error.message", containsString("a new call needs a new key"));
        }
        assertThat(charges()).isOne();
    }

    @Test
    void whileItRunsOthersAreToldToWait() {
        Echo slow = new PublishedEcho().delayMillis(2_000).publish();
        CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> call(slow.path(), "1"));
        await().until(() -> sql.count(
                        "SELECT count(*) FROM idempotent_call WHERE account_id = ? AND key = ?", caller.ownerId(), key)
                == 1);
        call(slow.path(), "1")
                .then()
                .statusCode(409)
                .header("X-Algomat-Error", equalTo("still-running"))
                .header("Retry-After", equalTo("1"));
        same(call(first.join().statusCode() == 200 ? slow.path() : "none", "1"), first.join());
        assertThat(charges()).isOne();
    }

    @Test
    void whatTheAlgorithmFailedAtIsAnsweredAgainWithoutRunning() {
        Echo slow = new PublishedEcho().delayMillis(5_000).publish();
        Response first = call(slow.path() + "?timeout=0.05", "1");
        first.then().statusCode(200).body("error.error_type", equalTo("TimeoutError"));
        same(call(slow.path() + "?timeout=0.05", "1"), first);
        assertThat(charges()).isZero();
    }

    @Test
    void aCallThatThePlatformRefusedMayBeRepeatedWithItsKey() {
        caller.api()
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .header("Max-Cost", "0.1")
                .body("1")
                .post("/v1/algo/" + echo.path())
                .then()
                .statusCode(402);
        call("1").then().statusCode(200).header("X-Algomat-Repeated", nullValue());
    }

    @Test
    void aCallWhoseGatewayDiedRunsAgainAndTheDeadGatewaysChargeIsRefused() {
        call("1").then().statusCode(200);
        UUID dead = Ids.newCallId(Clock.systemUTC());
        sql.update("UPDATE idempotent_call SET call_id = ?, answer = NULL WHERE call_id = ?", dead, kept());
        lapse("running");
        var late = billing.hold(new HoldRequest(
                dead,
                caller.ownerId(),
                null,
                caller.ownerId(),
                -1,
                "demo/echo",
                "1.0.0",
                "cpu",
                new Price(Credits.of(1), Credits.ZERO, 0),
                1,
                false));

        call("1").then().statusCode(200).header("X-Algomat-Repeated", nullValue());

        assertThat(kept()).isNotEqualTo(dead);
        Assertions.assertThatThrownBy(() -> billing.capture(late, 1)).hasMessageContaining("refused the charge");
        assertThat(charges()).isEqualTo(2);
        assertThat(sql.count("SELECT count(*) FROM charge WHERE call_id = ?", dead))
                .isZero();
    }

    @Test
    void aCallThatWasChargedBeforeItsGatewayDiedIsAnswered() {
        Response first = call("1");
        lapse("answered");
        same(call("1"), first);
        assertThat(charges()).isOne();
    }

    @Test
    void anAnswerAboveAMebibyteIsNotKeptAndWhatItCostIsSaid() {
        String large = "\"" + "x".repeat(1 << 20) + "\"";
        Response first = call(large);
        first.then().statusCode(200);
        call(large)
                .then()
                .statusCode(410)
                .header("X-Algomat-Error", equalTo("answer-gone"))
                .body("error.ran", equalTo(first.header("X-Algomat-Call-Id")))
                .body("error.cost", equalTo(first.header("X-Algomat-Cost")));
        assertThat(charges()).isOne();
    }

    @Test
    void keysAreTheAccountsOwn() {
        call("1").then().statusCode(200);
        caller = Accounts.user("other");
        call("2").then().statusCode(200);
    }

    @Test
    void aKeyInQuotesIsTheSameKey() {
        call("1").then().statusCode(200);
        key = "\"" + key + "\"";
        assertThat(call("1").header("X-Algomat-Repeated")).isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "two words"})
    void aKeyThatCannotBeReadIsRefused(String key) {
        this.key = key;
        call("1").then().statusCode(400).body("error.message", containsString("Idempotency-Key"));
        assertThat(charges()).isZero();
    }
}
