package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Ids;
import io.algomat.testing.ClientLog;
import io.algomat.testing.ClientLog.Attempt;
import io.algomat.testing.TwoGateways;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

/**
 * Two gateways under load while something dies: what the client saw of each call is held against the ledger. Nothing is
 * lost, nothing double, nothing negative. The numbers are those of docs/billing.md.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    private static final String PAID_ECHO = "/v1/algo/demo/paid_echo";
    private static final long ROYALTY_MICRO = 10_000;
    private static final int PER_SECOND = 60;
    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration UNTIL_THE_FAULT = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    private static TwoGateways gateways;

    private ClientLog client;
    private Map<UUID, Long> chargedBefore;
    private long creditBefore;

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
        chargedBefore = charges();
        creditBefore = credit();
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
        settled(0);
    }

    /** F5. */
    @Test
    @Order(2)
    void aDatabaseThatCrashesUnderLoadLosesNoChargeAndDoublesNone() throws Exception {
        during(() -> gateways.crashDatabase());
        assertThat(client.attempts()).allMatch(attempt -> attempt.succeeded() || attempt.status() == 503);
        settled(count(Attempt::unconfirmed));
        pages().forEach(this::works);
    }

    /** F6. */
    @Test
    @Order(3)
    void aCommitWhoseAnswerIsLostIsFoundAgainAndNotRepeated() throws Exception {
        int lost = gateways.proxy().lost();
        gateways.proxy().loseCommits(4);
        client.load(List.of(gateways.second().page()), PER_SECOND, LOAD);
        gateways.proxy().loseCommits(0);
        assertThat(gateways.proxy().lost())
                .as("answers to COMMIT that were lost")
                .isGreaterThan(lost + 10);
        assertThat(client.attempts()).allMatch(attempt -> attempt.succeeded() || attempt.status() == 503);
        assertThat(count(Attempt::succeeded)).isGreaterThan(client.attempts().size() / 2L);
        settled(count(Attempt::unconfirmed));
    }

    /** F1. */
    @Test
    @Order(4)
    void aGatewayThatIsKilledHarmsNoCallThatWasAnsweredAndNoneOfTheOther() throws Exception {
        String killed = gateways.first().page();
        during(() -> gateways.killFirst());
        assertThat(client.attempts())
                .allMatch(attempt -> attempt.succeeded() || attempt.status() == 0)
                .anyMatch(attempt -> attempt.status() == 0);
        assertThat(count(Attempt::succeeded)).isGreaterThan(client.attempts().size() / 2L);
        settled(count(Attempt::brokeOff));
        assertThat(client.call(killed).status()).isZero();
        gateways.restartFirst();
        works(gateways.first().page());
    }

    /** F21; the last, since the key is dead afterwards. */
    @Test
    @Order(5)
    void aKeyIsDeadSoonAfterItsRevocationThoughTheGatewayHearsOfNoChange() throws Exception {
        String deaf = gateways.second().page();
        gateways.proxy().muteListeners(true);
        try (Connection database = gateways.database()) {
            assertThat(client.call(deaf).succeeded()).isTrue();
            Rows.change(database, "UPDATE api_key SET revoked_at = now() WHERE revoked_at IS NULL");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.call(deaf).status() == 401);
        assertThat(gateways.proxy().swallowed())
                .as("what the gateway did not hear")
                .isPositive();
        gateways.proxy().muteListeners(false);
    }

    private void works(String page) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(client.call(page)).matches(Attempt::succeeded));
    }

    private interface Fault {
        void strike() throws Exception;
    }

    /** Loads both gateways, and strikes in the midst of it. */
    private void during(Fault fault) throws Exception {
        Throwable[] failed = new Throwable[1];
        Thread striker = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(UNTIL_THE_FAULT);
                fault.strike();
            } catch (Exception e) {
                failed[0] = e;
            }
        });
        client.load(pages(), PER_SECOND, LOAD);
        striker.join();
        assertThat(failed[0]).isNull();
    }

    private static List<String> pages() {
        return List.of(gateways.first().page(), gateways.second().page());
    }

    private long count(Predicate<Attempt> kind) {
        return client.attempts().stream().filter(kind).count();
    }

    /**
     * The client's log and the ledger say the same.
     *
     * @param unheard calls whose end the client does not know: each may be charged, once
     */
    private void settled(long unheard) throws SQLException, IOException {
        Map<UUID, Long> charges = charges();
        charges.keySet().removeAll(chargedBefore.keySet());
        Map<Boolean, Set<UUID>> told = client.attempts().stream()
                .filter(attempt -> !attempt.callId().isEmpty() && !attempt.unconfirmed())
                .collect(Collectors.partitioningBy(
                        Attempt::succeeded,
                        Collectors.mapping(attempt -> Ids.parseCall(attempt.callId()), Collectors.toSet())));
        assertThat(told.get(true)).as("each call has its own id").hasSize((int) count(Attempt::succeeded));
        assertThat(charges)
                .as("acknowledged is charged")
                .containsKeys(told.get(true).toArray(UUID[]::new));
        assertThat(charges)
                .as("refused is free")
                .doesNotContainKeys(told.get(false).toArray(UUID[]::new));
        assertThat(charges.values()).as("each once, at its price").containsOnly(ROYALTY_MICRO);
        assertThat(client.attempts())
                .filteredOn(Attempt::succeeded)
                .allMatch(attempt -> attempt.costMicros() == ROYALTY_MICRO);
        assertThat(charges.size() - told.get(true).size())
                .as("charged, and never heard of")
                .isBetween(0, (int) unheard);
        assertThat(creditBefore - credit()).as("what left the account").isEqualTo(ROYALTY_MICRO * charges.size());
        try (Connection database = gateways.database()) {
            assertThat(VerifyLedger.verify(database)).allMatch(finding -> finding.differences() == 0);
        }
    }

    private static Map<UUID, Long> charges() throws SQLException {
        Map<UUID, Long> found = new HashMap<>();
        try (Connection database = gateways.database()) {
            Rows.list(
                    database,
                    "SELECT call_id, total FROM charge WHERE algorithm = 'demo/paid_echo'",
                    row -> found.put(row.getObject("call_id", UUID.class), row.getLong("total")));
        }
        return found;
    }

    private static long credit() throws SQLException {
        try (Connection database = gateways.database()) {
            return Rows.first(
                            database,
                            "SELECT sum(balance) AS credit FROM ledger_account WHERE kind IN ('promo', 'funded')",
                            row -> row.getLong("credit"))
                    .orElseThrow();
        }
    }
}
