package io.algomat;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.testing.ClientLog;
import io.algomat.testing.ClientLog.Attempt;
import io.algomat.testing.Haproxy;
import io.algomat.testing.SignedUp;
import io.algomat.testing.TwoGateways;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two packaged gateways on one database, which started for the first time at once, are one site. */
class TwoGatewaysIT {
    private static final String ECHO = "/v1/algo/demo/echo";
    private static final String PAID_ECHO = "/v1/algo/demo/paid_echo";
    private static final int PER_SECOND = 40;
    /** What is promised of a revoked key. */
    private static final Duration DEAD_WITHIN = Duration.ofSeconds(1);

    /** How a key dies on the first gateway; when this returns, it was answered. */
    private interface Revocation {
        void of(SignedUp.Key key) throws Exception;
    }

    @TempDir
    static Path folder;

    private static TwoGateways gateways;

    @BeforeAll
    static void start() throws Exception {
        gateways = new TwoGateways(folder, "-Dalgomat.trusted-proxies=127.0.0.1");
    }

    @AfterAll
    static void stop() throws Exception {
        gateways.close();
    }

    @Test
    void theSamplesArePublishedOnce() throws Exception {
        assertThat(count("SELECT count(*) FROM algorithm")).isEqualTo(2);
        assertThat(count("SELECT count(*) FROM version")).isEqualTo(2);
        assertThat(count("SELECT count(*) FROM draft WHERE state <> 'published'"))
                .isZero();
        assertThat(count("SELECT count(DISTINCT name) FROM owner WHERE guest")).isEqualTo(1);
    }

    @Test
    void aSessionIsValidOnBothAndGoneOnBoth() throws Exception {
        SignedUp ada = new SignedUp(first(), "ada");
        assertThat(ada.visit(second(), "/keys")).contains("Make a key");

        SignedUp.Key key = ada.key(second());
        try (ClientLog client = new ClientLog(ECHO, key.authorization())) {
            assertThat(client.call(first())).matches(Attempt::succeeded);
        }
        ada.signOut(second());

        assertThat(ada.visit(first(), "/keys")).doesNotContain("Make a key");
    }

    @Test
    void aKeyRevokedOnOneIsDeadOnTheOtherWithinASecond() throws Exception {
        SignedUp grace = new SignedUp(first(), "grace");
        for (int round = 0; round < 3; round++) {
            deadInTime(grace);
        }
    }

    @Test
    void aKeyIsDeadWithinASecondOnAGatewayThatHearsOfNoChange() throws Exception {
        SignedUp edsger = new SignedUp(first(), "edsger");
        int before = gateways.proxy().swallowed();
        gateways.proxy().muteListeners(true);
        try {
            deadInTime(edsger);
        } finally {
            gateways.proxy().muteListeners(false);
        }
        assertThat(gateways.proxy().swallowed())
                .as("what the gateway did not hear")
                .isGreaterThan(before);
        gateways.untilHearing();
    }

    @Test
    void aKeyIsDeadWithinASecondWhenTheListenersConnectionIsCut() throws Exception {
        SignedUp barbara = new SignedUp(first(), "barbara");
        gateways.untilHearing();
        gateways.proxy().cutListeners();
        deadInTime(barbara);
    }

    /** Whoever found it may tell any gateway; the key is dead on all of them. */
    @Test
    void aLeakedKeyReportedOnOneIsDeadOnTheOtherWithinASecond() throws Exception {
        SignedUp mallory = new SignedUp(first(), "mallory");
        deadInTime(mallory, key -> report(first(), "found: " + key.authorization()));
        assertThat(count("SELECT count(*) FROM audit WHERE act = 'key.leak' AND address = '127.0.0.1'"))
                .isEqualTo(1);
    }

    /** F18: readiness goes, the proxy drains, calls end, what was borrowed is given back, then the process ends. */
    @Test
    void bothAreRestartedBehindAProxyWithoutALostCall() throws Exception {
        try (Haproxy proxy = new Haproxy(List.of(gateways.first(), gateways.second()));
                ClientLog client = new ClientLog(PAID_ECHO, gateways.guestKey())) {
            proxy.untilServing("gateway-1");
            proxy.untilServing("gateway-2");
            AtomicBoolean done = new AtomicBoolean();
            Thread load =
                    Thread.ofPlatform().start(() -> client.load(List.of(proxy.page()), PER_SECOND, _ -> !done.get()));
            try {
                gateways.first().stop();
                assertThat(lenders()).as("gateways that hold credit").isEqualTo(1);
                gateways.restartFirst();
                proxy.untilServing("gateway-1");
                gateways.second().stop();
                assertThat(lenders()).as("gateways that hold credit").isEqualTo(1);
                gateways.restartSecond();
                proxy.untilServing("gateway-2");
            } finally {
                done.set(true);
                load.join();
            }
            assertThat(client.attempts()).hasSizeGreaterThan(PER_SECOND);
            assertThat(client.attempts()).allMatch(Attempt::succeeded);
        }
    }

    /** Uses a key on the second gateway, revokes it on the first, and goes on until well after the promise. */
    private static void deadInTime(SignedUp person) throws Exception {
        deadInTime(person, key -> person.revoke(first(), key));
    }

    private static void deadInTime(SignedUp person, Revocation revocation) throws Exception {
        SignedUp.Key key = person.key(first());
        try (ClientLog client = new ClientLog(ECHO, key.authorization())) {
            assertThat(client.call(second())).matches(Attempt::succeeded);
            revocation.of(key);
            long revoked = System.nanoTime();
            Attempt attempt = client.call(second());
            long sent = revoked;
            // In use all the time, so that it stays in the cache for as long as the gateway trusts it.
            while (attempt.succeeded()) {
                assertThat(Duration.ofNanos(sent - revoked)).isLessThan(DEAD_WITHIN);
                sent = System.nanoTime();
                attempt = client.call(second());
            }
            assertThat(attempt.status()).isEqualTo(401);
        }
    }

    private static void report(String gateway, String text) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest report = HttpRequest.newBuilder(URI.create(gateway + "/api/leaked-keys"))
                    .POST(HttpRequest.BodyPublishers.ofString(text))
                    .build();
            assertThat(client.send(report, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    private static long lenders() throws SQLException {
        return count("SELECT count(DISTINCT gateway_id) FROM credit_lease WHERE granted > 0");
    }

    private static long count(String sql) throws SQLException {
        try (Connection database = gateways.asApplication();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String first() {
        return gateways.first().page();
    }

    private static String second() {
        return gateways.second().page();
    }
}
