package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.testing.Money;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Charges that are held up together behind a locked account, and so are committed together when it is free. */
@ExtendWith(LedgerBeans.class)
class GroupCommitTest {
    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.username")
    String app;

    @ConfigProperty(name = "algomat.db.password")
    String appPassword;

    @Inject
    Billing billing;

    @Inject
    CommitCharge commitCharge;

    @Inject
    GroupCommit group;

    @Inject
    Money money;

    @Inject
    MeterRegistry registry;

    private long rich;
    private long other;
    private long publisher;

    @BeforeEach
    void owners() {
        rich = money.ownerWithoutCredit();
        other = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        money.fund(rich, Credits.of(100));
        money.fund(other, Credits.of(100));
    }

    @Test
    void whatWaitsTogetherIsCommittedTogetherAndEachIsChargedItsOwn() throws Exception {
        List<Hold> holds = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            holds.add(billing.hold(Calls.royaltyOnly(i % 2 == 0 ? rich : other, publisher, i * 1000)));
        }

        List<Future<Charge>> charges = heldUp(holds.stream()
                .map(hold -> (Charging) () -> billing.capture(hold, 1))
                .toList());

        for (int i = 0; i < 20; i++) {
            assertThat(charges.get(i).get().total()).isEqualTo(Credits.micro((i + 1) * 1000L));
        }
        assertThat(postings(holds)).as("the first alone, all others in one").hasSizeLessThanOrEqualTo(2);
        assertThat(money.of(rich).spendable()).isEqualTo(Credits.of(100).minus(Credits.micro(110_000)));
        assertThat(money.of(other).spendable()).isEqualTo(Credits.of(100).minus(Credits.micro(100_000)));
        assertThat(billing.available(rich)).isEqualTo(money.of(rich).spendable());
    }

    @Test
    void oneThatHasNoCreditAndOneThatTheDatabaseRefusesHurtNoOther() throws Exception {
        long poor = money.ownerWithoutCredit();
        Due good = due(Calls.royaltyOnly(rich, publisher, 5000));
        Due unpaid = due(Calls.royaltyOnly(poor, publisher, 5000));
        HoldRequest above = Calls.royaltyOnly(other, publisher, 5000);
        Due wrong = new Due(above, Credits.ZERO, Cost.of(above, 1));

        List<Future<Charge>> charges = heldUp(List.of(
                () -> group.commit(List.of(due(Calls.royaltyOnly(rich, publisher, 1000))), System.nanoTime(), later()),
                () -> group.commit(List.of(good), System.nanoTime(), later()),
                () -> group.commit(List.of(unpaid), System.nanoTime(), later()),
                () -> group.commit(List.of(wrong), System.nanoTime(), later())));

        assertThat(charges.get(1).get().total()).isEqualTo(Credits.micro(5000));
        assertThat(failure(charges.get(2)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.PAYMENT_REQUIRED));
        assertThat(failure(charges.get(3))).isInstanceOf(SQLException.class).hasMessageContaining("charge_within_hold");
        assertThat(money.of(rich).spendable()).isEqualTo(Credits.of(100).minus(Credits.micro(6000)));
        assertThat(money.of(other).spendable()).isEqualTo(Credits.of(100));
    }

    /** F22. */
    @Test
    void aPoisonedChargeIsFoundByHalvesAndKeptWhileAllOthersStayTogether() throws Exception {
        double refusedBefore = registry.counter("algo.charges.refused").count();
        HoldRequest poisoned = Calls.royaltyOnly(other, publisher, 3000);
        Due poison = new Due(poisoned, Credits.micro(2999), Cost.of(poisoned, 1));
        List<Hold> holds = new ArrayList<>();
        List<Charging> charging = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Hold hold = billing.hold(Calls.royaltyOnly(rich, publisher, 1000));
            holds.add(hold);
            charging.add(() -> billing.capture(hold, 1));
        }
        charging.add(9, () -> group.commit(List.of(poison), System.nanoTime(), later()));

        List<Future<Charge>> charges = heldUp(charging);

        assertThat(failure(charges.remove(9))).hasMessageContaining("charge_within_hold");
        for (Future<Charge> charge : charges) {
            assertThat(charge.get().total()).isEqualTo(Credits.micro(1000));
        }
        assertThat(postings(holds))
                .as("the first alone, the others by halves of 16")
                .hasSizeLessThanOrEqualTo(5);
        assertThat(money.of(rich).spendable()).isEqualTo(Credits.of(100).minus(Credits.micro(16_000)));
        assertThat(money.of(other).spendable()).isEqualTo(Credits.of(100));
        assertThat(registry.counter("algo.charges.refused").count()).isEqualTo(refusedBefore + 1);
        try (Connection connection = DriverManager.getConnection(url, app, appPassword)) {
            assertThat(Rows.first(
                            connection,
                            "SELECT state || ' ' || reason FROM charge_dead_letter"
                                    + " WHERE call_id = ? AND royalty = 3000 AND held = 2999",
                            row -> row.getString(1),
                            poisoned.callId()))
                    .hasValueSatisfying(why -> assertThat(why).contains("23514", "charge_within_hold"));
            assertThat(Rows.list(
                            connection,
                            "SELECT call_id FROM charge_dead_letter WHERE caller_id = ?",
                            row -> row.getString(1),
                            rich))
                    .isEmpty();
            assertThat(VerifyLedger.verify(connection)).allMatch(finding -> finding.differences() == 0);
        }
    }

    @Test
    void oneThatWasChargedBeforeIsAnsweredAmongOthersWhatItWasChargedThen() throws Exception {
        Due before = due(Calls.royaltyOnly(rich, publisher, 7000));
        Charge first = commitCharge.commit(List.of(before));

        List<Future<Charge>> charges = heldUp(List.of(
                () -> group.commit(List.of(due(Calls.royaltyOnly(rich, publisher, 1000))), System.nanoTime(), later()),
                () -> group.commit(List.of(due(Calls.royaltyOnly(other, publisher, 2000))), System.nanoTime(), later()),
                () -> group.commit(List.of(before), System.nanoTime(), later())));

        assertThat(charges.get(2).get()).isEqualTo(first);
        assertThat(charges.get(1).get().total()).isEqualTo(Credits.micro(2000));
        assertThat(money.of(rich).spendable()).isEqualTo(Credits.of(100).minus(Credits.micro(8000)));
    }

    private interface Charging {
        Charge charge() throws SQLException;
    }

    /** Begins the first, lets it wait for a locked account, begins the others behind it, and unlocks. */
    private List<Future<Charge>> heldUp(List<Charging> charges) throws Exception {
        try (Connection blocker = DriverManager.getConnection(url, app, appPassword);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            blocker.setAutoCommit(false);
            Long[] accounts = {Accounts.in(blocker, publisher).id(AccountKind.EARNINGS)};
            Rows.list(blocker, "SELECT id FROM lock_accounts(?)", row -> row.getLong(1), (Object) accounts);
            List<Future<Charge>> answers = new ArrayList<>();
            answers.add(threads.submit(charges.getFirst()::charge));
            Awaitility.await().until(() -> waiting(blocker) > 0);
            for (Charging charging : charges.subList(1, charges.size())) {
                answers.add(threads.submit(charging::charge));
            }
            Awaitility.await().until(() -> group.waiting() == charges.size() - 1);
            blocker.rollback();
            return answers;
        }
    }

    private static long waiting(Connection blocker) throws SQLException {
        return Rows.list(
                        blocker,
                        "SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))",
                        row -> row.getInt(1))
                .size();
    }

    private Set<Long> postings(List<Hold> holds) throws SQLException {
        Set<UUID> calls = holds.stream().map(hold -> hold.request().callId()).collect(Collectors.toSet());
        try (Connection connection = DriverManager.getConnection(url, app, appPassword)) {
            return Set.copyOf(Rows.list(
                    connection,
                    "SELECT DISTINCT posting_id FROM charge WHERE call_id::text = ANY (string_to_array(?, ','))",
                    row -> row.getLong(1),
                    calls.stream().map(UUID::toString).collect(Collectors.joining(","))));
        }
    }

    private static Due due(HoldRequest request) {
        return new Due(request, Cost.most(request).total(), Cost.of(request, 1));
    }

    private static long later() {
        return System.nanoTime() + 20_000_000_000L;
    }

    private static Throwable failure(Future<Charge> charge) throws InterruptedException {
        try {
            throw new AssertionError("charged: " + charge.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
