package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.ClientLog;
import io.algomat.testing.ClientLog.Attempt;
import io.algomat.testing.TwoGateways;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two gateways under load while something dies: what the client saw of each call is held against the ledger. Nothing is
 * lost, nothing double, nothing negative. The numbers are those of docs/billing.md.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    private static final String PAID_ECHO = "/v1/algo/demo/paid_echo";
    private static final int PER_SECOND = 60;
    private static final Duration LOAD = Duration.ofSeconds(10);
    /** Longer than a gateway may be silent, and than the others take to notice. */
    private static final Duration STOPPED = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static TwoGateways gateways;

    private ClientLog client;
    private ToldAndCharged ledger;

    @BeforeAll
    static void start() throws Exception {
        gateways = new TwoGateways(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        gateways.close();
    }

    @BeforeEach
    void warm() throws SQLException {
        client = new ClientLog(PAID_ECHO, gateways.guestKey());
        for (String page : pages()) {
            works(page);
        }
        ledger = new ToldAndCharged(gateways);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    @Order(1)
    void withoutAFaultEveryCallIsChargedOnceOnEitherGateway() throws Exception {
        client.load(pages(), PER_SECOND, Duration.ofSeconds(3));
        assertThat(client.attempts()).allMatch(Attempt::succeeded);
        ledger.settled(client, 0);
    }

    /** F5. */
    @ParameterizedTest
    @MethodSource("moments")
    @Order(2)
    void aDatabaseThatCrashesUnderLoadLosesNoChargeAndDoublesNone(Duration moment) throws Exception {
        during(moment, gateways::crashDatabase);
        assertThat(client.attempts()).allMatch(attempt -> attempt.succeeded() || attempt.status() == 503);
        ledger.settled(client, count(Attempt::unconfirmed));
        pages().forEach(this::works);
    }

    /** F6. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 7})
    @Order(3)
    void aCommitWhoseAnswerIsLostIsFoundAgainAndNotRepeated(int every) throws Exception {
        int lost = gateways.proxy().lost();
        gateways.proxy().loseCommits(every);
        client.load(List.of(gateways.second().page()), PER_SECOND, LOAD);
        gateways.proxy().loseCommits(0);
        assertThat(gateways.proxy().lost())
                .as("answers to COMMIT that were lost")
                .isGreaterThan(lost + 10);
        assertThat(client.attempts()).allMatch(attempt -> attempt.succeeded() || attempt.status() == 503);
        assertThat(count(Attempt::succeeded)).isGreaterThan(client.attempts().size() / 2L);
        ledger.settled(client, count(Attempt::unconfirmed));
    }

    /** F1, with keys: what broke off is sent again to the other gateway, and runs and is charged once. */
    @ParameterizedTest
    @MethodSource("moments")
    @Order(4)
    void aGatewayThatIsKilledHarmsNoCallAndWhatBrokeOffSucceedsOnTheOther(Duration moment) throws Exception {
        String killed = gateways.first().page();
        client.withKeys();
        during(moment, gateways::killFirst);
        List<Attempt> cutOff =
                client.attempts().stream().filter(Attempt::brokeOff).toList();
        assertThat(client.attempts()).allMatch(attempt -> attempt.succeeded() || attempt.status() == 0);
        assertThat(count(Attempt::succeeded)).isGreaterThan(client.attempts().size() / 2L);
        assertThat(client.call(killed).status()).isZero();

        for (Attempt attempt : cutOff) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> client.again(gateways.second().page(), attempt).succeeded());
        }

        ledger.settled(client, 0);
        gateways.restartFirst();
        works(gateways.first().page());
    }

    /** F2. */
    @ParameterizedTest
    @MethodSource("moments")
    @Order(5)
    void aGatewayThatStandsStillAndGoesOnChargesNothingThatOthersTookOver(Duration moment) throws Exception {
        long epochs = epochs();
        during(moment, () -> {
            gateways.first().signal("STOP");
            Thread.sleep(STOPPED);
            gateways.first().signal("CONT");
        });
        assertThat(epochs()).as("it was taken for dead").isGreaterThan(epochs);
        assertThat(client.attempts()).allMatch(attempt -> attempt.succeeded() || attempt.status() == 503);
        ledger.settled(client, count(Attempt::unconfirmed));
        pages().forEach(this::works);
    }

    /** F14. */
    @Test
    @Order(6)
    void fiftyAtOnceWithTheSameKeyOnBothGatewaysAreOneCall() throws Exception {
        String key = UUID.randomUUID().toString();
        List<Attempt> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Attempt>> calls = IntStream.range(0, 50)
                    .mapToObj(i -> threads.submit(() -> client.keyed(pages().get(i % 2), key, "\"one\"")))
                    .toList();
            answers = new ArrayList<>();
            for (Future<Attempt> call : calls) {
                answers.add(call.get());
            }
        }
        for (String page : pages()) {
            answers.add(client.keyed(page, key, "\"one\""));
        }

        assertThat(answers).allMatch(answer -> answer.succeeded() || answer.status() == 409);
        assertThat(answers.subList(50, 52)).allMatch(Attempt::succeeded);
        assertThat(answers.stream()
                        .filter(Attempt::succeeded)
                        .map(Attempt::callId)
                        .distinct())
                .hasSize(1);
        assertThat(ledger.charged()).isEqualTo(1);
    }

    /** F15. */
    @Test
    @Order(7)
    void aKeyThatComesWithAnotherBodyToTheOtherGatewayRunsNothing() throws Exception {
        String key = UUID.randomUUID().toString();
        assertThat(client.keyed(pages().get(0), key, "\"one\"")).matches(Attempt::succeeded);

        assertThat(client.keyed(pages().get(1), key, "\"two\"").status()).isEqualTo(422);

        assertThat(ledger.charged()).isEqualTo(1);
    }

    private void works(String page) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(client.call(page)).matches(Attempt::succeeded));
    }

    /**
     * When the fault strikes: at random, told in the test's name; as often as {@code -Dalgomat.faults.rounds} says, three
     * times without it.
     */
    static Stream<Duration> moments() {
        return new Random()
                .ints(Integer.getInteger("algomat.faults.rounds", 3), 1_000, 6_000)
                .mapToObj(Duration::ofMillis);
    }

    private interface Fault {
        void strike() throws Exception;
    }

    /** Loads both gateways, and strikes in the midst of it. */
    private void during(Duration moment, Fault fault) throws Exception {
        Throwable[] failed = new Throwable[1];
        Thread striker = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(moment);
                fault.strike();
            } catch (Exception e) {
                failed[0] = e;
            }
        });
        client.load(pages(), PER_SECOND, LOAD);
        striker.join();
        assertThat(failed[0]).isNull();
    }

    private static long epochs() throws SQLException {
        try (Connection database = gateways.database()) {
            return Rows.first(database, "SELECT sum(epoch) AS epochs FROM gateway", row -> row.getLong("epochs"))
                    .orElseThrow();
        }
    }

    private static List<String> pages() {
        return List.of(gateways.first().page(), gateways.second().page());
    }

    private long count(Predicate<Attempt> kind) {
        return client.attempts().stream().filter(kind).count();
    }
}
