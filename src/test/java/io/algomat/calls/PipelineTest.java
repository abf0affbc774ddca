package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.billing.Billing;
import io.algomat.billing.Terms;
import io.algomat.billing.VerifyLedger;
import io.algomat.catalog.CallableVersion;
import io.algomat.catalog.DraftView;
import io.algomat.catalog.Publication;
import io.algomat.catalog.Step;
import io.algomat.catalog.VersionResolver;
import io.algomat.catalog.Visibility;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Bundles;
import io.algomat.testing.Money;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.algomat.workers.WorkerOutcome;
import io.algomat.workers.Workers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pipelines as publishers write them, tested, published and called over HTTP, with real workers and the real ledger. */
@QuarkusTest
class PipelineTest {
    @Inject
    MyCalls myCalls;

    @Inject
    Billing billing;

    @Inject
    VerifyLedger verify;

    @Inject
    RouteCall route;

    @Inject
    VersionResolver versions;

    @Inject
    Workers workers;

    @Inject
    Money money;

    @Inject
    Sql sql;

    private Accounts.User publisher;
    private Accounts.User caller;

    @BeforeEach
    void accounts() {
        publisher = Accounts.user("pipes");
        caller = Accounts.user("calls");
    }

    private byte[] bundle(String name, String sample, String steps) {
        return Bundles.zip(Map.of(
                "README.md", "# Pipeline", "algomat.yaml", """
                algorithm: %s/%s
                title: A pipeline
                tag_line: Calls others
                categories: [tools]
                licence: Apache-2.0
                runtime: pipeline
                input: {}
                output: {}
                samples:
                  - name: One
                    input: %s
                """.formatted(publisher.name(), name, sample) + steps));
    }

    private String publish(String sample, String steps) {
        String name = "P_" + Ids.random("t").substring(2, 12);
        Publication wanted = new Publication(Step.MAJOR, Visibility.PUBLIC, Credits.parse("0.25"), "");
        return Bundles.publish(bundle(name, sample, steps), wanted, publisher.caller())
                .path();
    }

    private Response call(String path, String contentType, byte[] input, String query) {
        return caller.api().header("Content-Type", contentType).body(input).post("/v1/algo/" + path + query);
    }

    private Response call(String path, String json) {
        return call(path, "application/json", json.getBytes(StandardCharsets.UTF_8), "");
    }

    private static String callOf(Response answer) {
        return answer.header("X-Algomat-Call-Id");
    }

    @Test
    void theMaxCostHoldsForAllThatAPipelineCalls() {
        Echo one = new PublishedEcho().price(500_000, 1_000).publish();
        Echo two = new PublishedEcho().price(400_000, 1_000).publish();
        String path = publish("1", """
                steps:
                  - {name: one, call: %s, input: {from: /input}}
                  - {name: two, call: %s, input: {from: /one}}
                answer: {from: /two}
                """.formatted(one.path(), two.path()));
        Credits before = billing.available(caller.ownerId());

        Response tooLittle = call(path, "application/json", "1", "0.9");
        assertThat(tooLittle.jsonPath().getString("error.message"))
                .contains("Step 'two'")
                .contains("Max-Cost gives 0.9");
        assertThat(billing.available(caller.ownerId())).isEqualTo(before);

        Response enough = call(path, "application/json", "1", "9");
        assertThat(enough.jsonPath().getInt("result")).as(enough.asString()).isOne();
        assertThat(Credits.parse(enough.header("X-Algomat-Cost"))).isBetween(Credits.parse("1.15"), Credits.of(9));
        assertThat(sql.count(
                        "SELECT count(*) FROM charge WHERE caller_id = ? AND labels = '{\"customer\": \"acme\"}'",
                        caller.ownerId()))
                .isEqualTo(3);
    }

    private Response call(String path, String contentType, String input, String maxCost) {
        return caller.api()
                .header("Content-Type", contentType)
                .header("Max-Cost", maxCost)
                .header("Labels", "customer=acme")
                .body(input.getBytes(StandardCharsets.UTF_8))
                .post("/v1/algo/" + path);
    }

    @Test
    void stepsChainAndFanOutInOrderAndAllOfItIsOneCharge() {
        Echo first = new PublishedEcho().price(500_000, 1_000).publish();
        Echo each = new PublishedEcho().price(100_000, 1_000).publish();
        String path = publish("{words: [a], text: t}", """
                steps:
                  - {name: first, call: %s, input: {said: {from: /input/text}, kept: {literal: {from: here}}}}
                  - name: each
                    call: %s
                    each: /input/words
                    parallel: 3
                    input: {word: {from: /item}, of: {from: /first/said}, more: {from: /input/none, default: [1]}}
                answer: {first: {from: /first}, last: {from: /each/4/word, default: none}, all: {from: /each}}
                """.formatted(first.path(), each.path()));
        Credits before = billing.available(caller.ownerId());

        Response answer = call(path, "{\"text\": \"x\", \"words\": [\"a\", \"b\", \"c\", 1.50, {\"d\": null}]}");

        assertThat(answer.jsonPath().getString("error")).as(answer.asString()).isNull();
        assertThat(answer.asString())
                .contains("\"first\":{\"said\":\"x\",\"kept\":{\"from\":\"here\"}}")
                .contains("\"last\":{\"d\":null}")
                .contains("{\"word\":1.50,\"of\":\"x\",\"more\":[1]}");
        assertThat(answer.jsonPath().<Object>getList("result.all.word").subList(0, 3))
                .containsExactly("a", "b", "c");
        LoggedCall call = myCalls.call(caller.ownerId(), Ids.parseCall(callOf(answer)));
        List<LoggedCall> below = myCalls.below(caller.ownerId(), call.callId());
        assertThat(below)
                .extracting(line -> line.inside().step())
                .containsExactlyInAnyOrder("first", "each[0]", "each[1]", "each[2]", "each[3]", "each[4]");
        assertThat(below).allMatch(line -> line.inside().parent().equals(call.callId()));
        Credits cost = Credits.parse(answer.header("X-Algomat-Cost"));
        assertThat(cost).isEqualTo(call.receipt().whole());
        assertThat(call.receipt().total()).isEqualTo(Credits.parse("0.25"));
        assertThat(call.receipt().nested())
                .isEqualTo(below.stream().map(line -> line.receipt().total()).reduce(Credits.ZERO, Credits::plus));
        assertThat(sql.list(
                        "SELECT total FROM charge WHERE call_id = ? OR root_call_id = ?",
                        row -> row.getLong(1),
                        call.callId(),
                        call.callId()))
                .hasSize(7)
                .satisfies(rows -> assertThat(
                                rows.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(cost.micro()));
        assertThat(billing.available(caller.ownerId())).isEqualTo(before.minus(cost));
        assertThat(verify.verify()).allMatch(finding -> finding.differences() == 0);

        String page = caller.page().get("/runs/" + callOf(answer)).asString();
        assertThat(page)
                .contains("<strong>each[4]</strong>")
                .contains("href=\"/algorithms/" + first.path() + "\"")
                .contains("Charged <strong>" + cost + " cr</strong>");
        assertThat(page.split("class=\"deep-1\"", -1)).as("a row for each step").hasSize(7);
        assertThat(caller.page().get("/algorithms/" + path + "/about").asString())
                .as("the price is not all that a call costs")
                .contains("+ what it calls")
                .contains("href=\"/algorithms/" + first.path() + "\"");
        assertThat(caller.page()
                        .get("/api/algorithms?owner=" + publisher.name())
                        .jsonPath()
                        .getList("algorithms.callsOthers"))
                .contains(true);
    }

    @Test
    void bytesPassThroughWholeAndAreNoPartOfJson() {
        Echo echo = new PublishedEcho().publish();
        String path = publish("{a: 1}", """
                steps:
                  - {name: same, call: %s, input: {from: /input}}
                answer: {from: /same}
                """.formatted(echo.path()));
        byte[] bytes = {1, 0, (byte) 200};
        assertThat(call(path, "application/octet-stream", bytes, "?output=raw")
                        .body()
                        .asByteArray())
                .containsExactly(bytes);

        String inside = publish("{a: 1}", """
                steps:
                  - {name: same, call: %s, input: {x: {from: /input}}}
                answer: {from: /same}
                """.formatted(echo.path()));
        Response refused = call(inside, "application/octet-stream", bytes, "");
        assertThat(refused.jsonPath().getString("error.error_type")).isEqualTo("InputError");
        assertThat(refused.jsonPath().getString("error.message")).startsWith("Step 'same': /input is bytes");
        assertThat(refused.header("X-Algomat-Cost")).isEqualTo("0");
    }

    @Test
    void aStepThatFailsIsNamedAndMakesEverythingFree() {
        Echo echo = new PublishedEcho().publish();
        Echo slow = new PublishedEcho().delayMillis(800).publish();
        String path = publish("{list: [1]}", """
                steps:
                  - {name: quick, call: %s, input: {from: /input}}
                  - {name: late, call: %s, each: /quick/list, parallel: 1, input: {from: /item}}
                answer: {from: /late}
                """.formatted(echo.path(), slow.path()));

        Response wrong = call(path, "{\"list\": 7}");
        assertThat(wrong.jsonPath().getString("error.error_type")).isEqualTo("AlgorithmError");
        assertThat(wrong.jsonPath().getString("error.message")).isEqualTo("Step 'late': /quick/list is no list");

        byte[] many = "{\"list\": [1, 2]}".getBytes(StandardCharsets.UTF_8);
        Response late = call(path, "application/json", many, "?timeout=1");
        assertThat(late.jsonPath().getString("error.error_type"))
                .as(late.asString())
                .isEqualTo("TimeoutError");
        assertThat(late.jsonPath().getString("error.message")).startsWith("Step 'late[");
        LoggedCall call = myCalls.call(caller.ownerId(), Ids.parseCall(callOf(late)));
        assertThat(myCalls.below(caller.ownerId(), call.callId()))
                .anyMatch(line -> line.outcome() == Outcome.SUCCEEDED)
                .allMatch(line -> line.receipt().total().equals(Credits.ZERO));
        assertThat(sql.count("SELECT count(*) FROM charge WHERE caller_id = ?", caller.ownerId()))
                .isZero();
    }

    @Test
    void versionsArePinnedAndThePublishersOwnPrivateOnesServeEveryCaller() {
        String name = "inner_" + Ids.random("t").substring(2, 8);
        new PublishedEcho().by(publisher).named(name).hidden().publish();
        String path = publish("{a: 1}", """
                steps:
                  - {name: inner, call: %s/%s/1.0.0, input: {from: /input}}
                answer: {from: /inner}
                """.formatted(publisher.name(), name));
        String open = "open_" + Ids.random("t").substring(2, 8);
        new PublishedEcho().by(publisher).named(open).publish();
        String newest = publish("{a: 1}", """
                steps:
                  - {name: inner, call: %s/%s, input: {from: /input}}
                answer: {from: /inner}
                """.formatted(publisher.name(), open));
        new PublishedEcho()
                .by(publisher)
                .named(open)
                .version("1.1.0")
                .unloadable()
                .publish();

        for (String each : List.of(path, newest)) {
            assertThat(call(each, "[1]").asString()).contains("\"result\":[1]");
        }
        assertThat(call(publisher.name() + "/" + name, "[1]").statusCode()).isEqualTo(404);
        assertThat(sql.list(
                        "SELECT DISTINCT version FROM charge WHERE caller_id = ?",
                        row -> row.getString(1),
                        caller.ownerId()))
                .containsExactly("1.0.0");
    }

    @Test
    void aDraftThatCallsWhatItsCallersCannotReachFailsItsTestAndATestIsPaidByItsPublisher() {
        Echo secret = new PublishedEcho().by(caller).hidden().publish();
        DraftView draft =
                Bundles.receiveTested(bundle("reaches", "{a: 1}", """
                        steps:
                          - {name: inner, call: %s/1.0.0, input: {from: /input}}
                        answer: {from: /inner}
                        """.formatted(secret.path())), publisher.caller());
        assertThat(draft.state()).isEqualTo(DraftView.State.FAILED);
        assertThat(draft.log().getLast().text()).contains(secret.path()).contains("not found");

        Echo paid = new PublishedEcho().price(500_000, 0).publish();
        Credits before = billing.available(publisher.ownerId());
        publish("{a: 1}", """
                steps:
                  - {name: inner, call: %s, input: {from: /input}}
                answer: {from: /inner}
                """.formatted(paid.path()));
        assertThat(billing.available(publisher.ownerId())).isEqualTo(before.minus(Credits.parse("0.5")));
    }

    @Test
    void whoeverCannotPayForAStepIsToldWhatItWouldTake() {
        Echo dear = new PublishedEcho().price(900_000_000_000L, 0).publish();
        money.fund(publisher.ownerId(), Credits.of(1_000_000));
        String path = publish("{a: 1}", """
                steps:
                  - {name: dear, call: %s, input: {from: /input}}
                answer: {from: /dear}
                """.formatted(dear.path()));
        Response refused = call(path, "1");
        assertThat(refused.statusCode()).isEqualTo(402);
        assertThat(refused.asString()).contains("sets aside up to 900000").contains("are available");
    }

    @Test
    void aCallerWhoGoesAwayCancelsEveryStep() {
        Echo slow = new PublishedEcho().delayMillis(1_500).publish();
        String path = publish("{a: 1}", """
                steps:
                  - {name: one, call: %s, input: 1}
                  - {name: two, call: %s, input: 2}
                answer: [{from: /one}, {from: /two}]
                """.formatted(slow.path(), slow.path()));
        CallableVersion inner = versions.resolve(slow.owner(), slow.name(), null, null);
        CompletableFuture<Void> gone = new CompletableFuture<>();
        String[] parts = path.split("/");
        CompletableFuture<CallResult> call = CompletableFuture.supplyAsync(() -> route.route(new Call(
                caller.caller(),
                parts[0],
                parts[1],
                null,
                Payload.json("1"),
                null,
                "127.0.0.1",
                "test",
                gone,
                false,
                Terms.NONE,
                null,
                null)));
        await().until(() -> workers.state(inner.worker().pool()).busy() > 0);
        gone.complete(null);

        CallResult result = call.join();
        assertThat(result.outcome()).isInstanceOf(WorkerOutcome.Cancelled.class);
        assertThat(myCalls.call(caller.ownerId(), result.callId()).outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(myCalls.below(caller.ownerId(), result.callId()))
                .hasSize(2)
                .allMatch(line -> line.outcome() == Outcome.CANCELLED);
    }
}
