package io.algomat.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.algomat.accounts.CreateKey;
import io.algomat.accounts.Scope;
import io.algomat.billing.Billing;
import io.algomat.billing.ChargeReport;
import io.algomat.billing.Dimension;
import io.algomat.billing.Period;
import io.algomat.billing.Slice;
import io.algomat.billing.Whose;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Labels;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.Money;
import io.algomat.testing.PublishedEcho;
import io.algomat.testing.PublishedEcho.Echo;
import io.algomat.workers.Workers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The way of a call over HTTP, with real workers and the real ledger: what is charged, what is free, and that it is so once. */
@QuarkusTest
class RouteCallTest {
    @Inject
    Sql sql;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    MyCalls myCalls;

    @Inject
    ChargeReport reports;

    @Inject
    UpdateStatistics statistics;

    @Inject
    CallLog log;

    @Inject
    CreateKey createKey;

    @Inject
    Workers workers;

    private static Response call(String key, String path) {
        return RestAssured.given()
                .header("Authorization", "Simple " + key)
                .header("Content-Type", "application/json")
                .body("1".getBytes(StandardCharsets.UTF_8))
                .post("/v1/algo/" + path);
    }

    private LoggedCall logged(long caller, Response answer) {
        return myCalls.call(caller, Ids.parseCall(answer.header("X-Algomat-Call-Id")));
    }

    private List<Long> charges(LoggedCall call) {
        return sql.list("SELECT total FROM charge WHERE call_id = ?", row -> row.getLong(1), call.callId());
    }

    @Test
    void aSuccessIsChargedOnceAndHeaderLogAndLedgerAgree() {
        Accounts.User caller = Accounts.user("pays");
        Echo echo = new PublishedEcho().price(500_000, 1_000).publish();
        Credits before = billing.available(caller.ownerId());
        Response answer = call(caller.key(), echo.path());
        Credits cost = Credits.parse(answer.header("X-Algomat-Cost"));
        LoggedCall call = logged(caller.ownerId(), answer);
        assertThat(charges(call)).containsExactly(cost.micro());
        assertThat(call.receipt().total()).isEqualTo(cost);
        assertThat(call.receipt().royalty()).isEqualTo(Credits.micro(500_000));
        assertThat(call.receipt().compute().micro())
                .isEqualTo(Math.ceilDiv(call.micros().compute(), 1_000) * 1_000);
        assertThat(billing.available(caller.ownerId())).isEqualTo(before.minus(cost));
        assertThat(call.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(call.keyId()).isNotNull();
        assertThat(call.algorithm()).isEqualTo(echo.path());
    }

    @Test
    void ownersCallTheirOwnAlgorithmsFreeOfRoyalty() {
        Accounts.User owner = Accounts.user("owns");
        Echo echo = new PublishedEcho().by(owner).price(500_000, 1_000).publish();
        LoggedCall call = logged(owner.ownerId(), call(owner.key(), echo.path()));
        assertThat(call.receipt().royalty()).isEqualTo(Credits.ZERO);
        assertThat(call.receipt().compute().micro()).isPositive();
    }

    @Test
    void aFailureIsFreeAndCountedAsFree() {
        Accounts.User caller = Accounts.user("fails");
        Echo broken = new PublishedEcho().unloadable().publish();
        Credits before = billing.available(caller.ownerId());
        Response answer = call(caller.key(), broken.path());
        answer.then()
                .statusCode(200)
                .header("X-Algomat-Cost", equalTo("0"))
                .body("error.error_type", equalTo("LoadingError"));
        LoggedCall call = logged(caller.ownerId(), answer);
        assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(charges(call)).isEmpty();
        assertThat(billing.available(caller.ownerId())).isEqualTo(before);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Slice its = Slice.of(new Whose.Callers(caller.ownerId())).with(Dimension.ALGORITHM, broken.path());
        assertThat(reports.days(its, new Period(today.minusDays(1), today)))
                .singleElement()
                .satisfies(day -> {
                    assertThat(day.figures().failed()).isPositive();
                    assertThat(day.figures().calls()).isZero();
                });
    }

    @Test
    void withoutCreditTheAnswerIs402AndNamesBothAmounts() {
        long poor = money.ownerWithoutCredit();
        String key =
                createKey.create(poor, "Test", EnumSet.of(Scope.CALL), null).key();
        Echo echo = new PublishedEcho().price(500_000, 1_000).publish();
        call(key, echo.path())
                .then()
                .statusCode(402)
                .header("X-Algomat-Error", equalTo("payment-required"))
                .body("error.error_type", equalTo("PaymentRequiredError"))
                .body("error.required", equalTo("60.5"))
                .body("error.available", equalTo("0"))
                .body("error.message", containsString("60.5"));
    }

    @Test
    void theHoldFollowsWhatTheVersionWasSeenToTake() {
        long poor = money.ownerWithoutCredit();
        String key =
                createKey.create(poor, "Test", EnumSet.of(Scope.CALL), null).key();
        Accounts.User caller = Accounts.user("measures");
        Echo echo = new PublishedEcho().price(0, 1_000).publish();
        for (int i = 0; i < 25; i++) {
            call(caller.key(), echo.path()).then().statusCode(200);
        }
        log.flush();
        statistics.update();
        Credits required = Credits.parse(call(key, echo.path()).path("error.required"));
        assertThat(required).isLessThan(Credits.of(60)).isGreaterThan(Credits.ZERO);
        assertThat(sql.list(
                        "SELECT calls, succeeded, p99_ms FROM version_statistics WHERE version_id = ?",
                        row -> row.getLong("calls") == 25
                                && row.getLong("succeeded") == 25
                                && row.getDouble("p99_ms") > 0,
                        echo.versionId()))
                .containsExactly(true);
    }

    @Test
    void aKeyWithoutTheScopeMayNotCall() {
        Accounts.User user = Accounts.user("scoped");
        String key = createKey
                .create(user.ownerId(), "Reads", EnumSet.of(Scope.READ_USAGE), null)
                .key();
        call(key, new PublishedEcho().publish().path())
                .then()
                .statusCode(403)
                .body("error.message", containsString("scope 'call'"));
    }

    @Test
    void aClientThatGoesAwayCancelsItsCallAndItsHoldIsFree() throws IOException {
        Accounts.User caller = Accounts.user("leaves");
        Echo slow = new PublishedEcho().delayMillis(60_000).publish();
        Credits before = billing.available(caller.ownerId());
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write(("POST /v1/algo/" + slow.path() + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: Simple " + caller.key()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n1")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> billing.available(caller.ownerId()).compareTo(before) < 0);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> billing.available(caller.ownerId()).equals(before));
        await().until(() -> latest(caller.ownerId()) == Outcome.CANCELLED);
    }

    private Outcome latest(long caller) {
        List<LoggedCall> calls = myCalls.find(caller, new MyCalls.Filter("", null, Instant.EPOCH, Labels.NONE), 1)
                .calls()
                .items();
        return calls.isEmpty() ? Outcome.UNCONFIRMED : calls.getFirst().outcome();
    }

    @Test
    void aWorkerKilledInTheMiddleOfACallIsReplacedAndTheCallChargedOnce() throws Exception {
        Accounts.User caller = Accounts.user("survives");
        List<ProcessHandle> before = workerProcesses();
        Echo slow = new PublishedEcho().delayMillis(1_500).price(500_000, 0).publish();
        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> answer = client.submit(() -> call(caller.key(), slow.path()));
            kill(slow, before);
            Response ended = answer.get();
            ended.then().statusCode(200).body("result", equalTo(1)).header("X-Algomat-Cost", equalTo("0.5"));
            LoggedCall call = logged(caller.ownerId(), ended);
            assertThat(call.where().attempts()).isEqualTo(2);
            assertThat(charges(call)).containsExactly(500_000L);
        }
    }

    @Test
    void whenTheSecondWorkerDiesTooTheCallIsLostAndFree() throws Exception {
        Accounts.User caller = Accounts.user("loses");
        List<ProcessHandle> before = workerProcesses();
        Echo slow = new PublishedEcho().delayMillis(20_000).publish();
        Credits credit = billing.available(caller.ownerId());
        try (ExecutorService client = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> answer = client.submit(() -> call(caller.key(), slow.path()));
            kill(slow, before);
            kill(slow, before);
            Response ended = answer.get();
            ended.then()
                    .statusCode(502)
                    .header("X-Algomat-Error", equalTo("worker-lost"))
                    .header("X-Algomat-Cost", equalTo("0"))
                    .body("error.error_type", equalTo("SystemError"));
            LoggedCall call = logged(caller.ownerId(), ended);
            assertThat(call.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(call.errorType()).isEqualTo("worker-lost");
            assertThat(charges(call)).isEmpty();
            assertThat(billing.available(caller.ownerId())).isEqualTo(credit);
        }
    }

    /** Kills the workers that came up since, once one of them is ready and has the version's call in hand. */
    private void kill(Echo echo, List<ProcessHandle> before) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> inHand(echo) && !newcomers(before).isEmpty());
        List<ProcessHandle> killed = newcomers(before);
        assertThat(killed).allMatch(ProcessHandle::destroyForcibly);
        await().until(() -> killed.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** False while a worker starts: the one before it may still count as busy when its process is gone already. */
    private boolean inHand(Echo echo) {
        Workers.PoolState state = workers.state("version-" + echo.versionId());
        return state.busy() > 0 && state.starting() == 0;
    }

    private static List<ProcessHandle> newcomers(List<ProcessHandle> before) {
        List<ProcessHandle> newcomers = new ArrayList<>(workerProcesses());
        newcomers.removeAll(before);
        return newcomers;
    }

    private static List<ProcessHandle> workerProcesses() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/bin/java"))
                .toList();
    }

    @Test
    void creditForExactlyKCallsBuysExactlyK() throws Exception {
        long owner = money.ownerWithoutCredit();
        String key =
                createKey.create(owner, "Test", EnumSet.of(Scope.CALL), null).key();
        Echo echo = new PublishedEcho().price(500_000, 0).publish();
        int bought = 17;
        money.fund(owner, Credits.micro(500_000).times(bought));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> one = () -> call(key, echo.path()).statusCode();
            List<Future<Integer>> answers = clients.invokeAll(Collections.nCopies(60, one));
            int charged = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 402);
                charged += answer.get() == 200 ? 1 : 0;
            }
            // A call may be refused while others hold what they then spend; whoever calls again buys the rest.
            while (charged < bought && call(key, echo.path()).statusCode() == 200) {
                charged++;
            }
            assertThat(charged).isEqualTo(bought);
        }
        assertThat(money.of(owner).funded()).isEqualTo(Credits.ZERO);
        call(key, echo.path()).then().statusCode(402);
    }
}
