package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Price;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits are hard: whatever runs at the same time, on however many gateways, nothing is spent beyond them. */
@ExtendWith(LedgerBeans.class)
class SpendLimitsTest {
    private static final int THREADS = 64;

    @Inject
    Billing billing;

    @Inject
    SpendGuard guard;

    @Inject
    SpendLimits limits;

    @Inject
    DataSource database;

    @Inject
    Balances balances;

    @Inject
    BillingConfig config;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    Sql sql;

    private long caller;
    private long publisher;

    @BeforeEach
    void owners() {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(1000));
    }

    private HoldRequest request(@Nullable Long key, long royaltyMicro) {
        return new HoldRequest(
                Ids.newCallId(Clock.systemUTC()),
                caller,
                key,
                publisher,
                -1,
                "demo/echo",
                "1.0.0",
                "cpu",
                new Price(Credits.micro(royaltyMicro), Credits.ZERO, 1500),
                1000,
                false);
    }

    private Charge call(@Nullable Long key, long royaltyMicro) {
        return billing.capture(billing.hold(request(key, royaltyMicro)), 1);
    }

    private void limit(@Nullable Long key, LimitPeriod period, @Nullable String credits, @Nullable Long calls) {
        sql.count(
                "SELECT set_spend_limit(?, ?::bigint, ?, ?::bigint, ?::bigint)",
                caller,
                key,
                period.wire(),
                credits == null ? null : Credits.parse(credits).micro(),
                calls);
        guard.forget(caller);
    }

    private Problem refusal(Callable<?> call) {
        return catchThrowableOfType(Problem.class, call::call);
    }

    private SpendLimits.View only() {
        return limits.views(caller).getFirst();
    }

    private long charged() {
        return sql.count("SELECT coalesce(sum(total), 0) FROM charge WHERE caller_id = ?", caller);
    }

    /** How many of so many calls succeed, made by 64 threads; all others are refused for this. */
    private int succeed(int calls, long royaltyMicro, ErrorCode refusal) throws Exception {
        List<Callable<Boolean>> tasks = IntStream.range(0, calls)
                .<Callable<Boolean>>mapToObj(i -> () -> {
                    try {
                        call(null, royaltyMicro);
                        return true;
                    } catch (Problem refused) {
                        assertThat(refused.code()).isEqualTo(refusal);
                        return false;
                    }
                })
                .toList();
        int succeeded = 0;
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                succeeded += task.get() ? 1 : 0;
            }
        }
        return succeeded;
    }

    @Test
    void sixtyFourThreadsSpendExactlyTheLimitAndNeverMore() throws Exception {
        limit(null, LimitPeriod.DAY, "10", null);
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean on = new AtomicBoolean(true);
        Thread reader = Thread.ofVirtual().start(() -> {
            while (on.get()) {
                over.compareAndSet(false, charged() > 10_000_000);
            }
        });
        int succeeded = succeed(640, 100_000, ErrorCode.SPEND_LIMIT);
        on.set(false);
        reader.join();
        assertThat(succeeded).isEqualTo(100);
        assertThat(charged()).isEqualTo(10_000_000);
        assertThat(over).isFalse();
        assertThat(only().spent()).isEqualTo(Credits.of(10));
        assertThat(billing.available(caller)).isEqualTo(Credits.of(990));
    }

    @Test
    void sixtyFourThreadsMakeExactlyAsManyCallsFreeOnesToo() throws Exception {
        limit(null, LimitPeriod.TOTAL, null, 50L);
        assertThat(succeed(320, 0, ErrorCode.CALL_LIMIT)).isEqualTo(50);
        assertThat(only().calls()).isEqualTo(50);
    }

    @Test
    void twoGatewaysTogetherStayWithinTheLimitAndALateChargeIsRefusedNotLost() throws Exception {
        limit(null, LimitPeriod.MONTH, "1", null);
        List<Callable<Charge>> captures = new ArrayList<>();
        long deadLetters = sql.count("SELECT count(*) FROM charge_dead_letter");
        int made = 0;
        try (OneGateway other = new OneGateway(database, balances, limits, config);
                var threads = Executors.newFixedThreadPool(20)) {
            for (Billing gateway : List.of(billing, other.billing)) {
                for (int i = 0; i < 10; i++) {
                    Hold hold = gateway.hold(request(null, 100_000));
                    captures.add(() -> gateway.capture(hold, 1));
                }
            }
            for (Future<Charge> capture : threads.invokeAll(captures)) {
                if (capture.state() == Future.State.SUCCESS) {
                    made++;
                } else {
                    assertThat(capture.exceptionNow()).hasMessageContaining("spend-limit");
                }
            }
        }
        assertThat(made).isEqualTo(10);
        assertThat(charged()).isEqualTo(1_000_000);
        assertThat(billing.available(caller)).isEqualTo(Credits.of(999));
        assertThat(sql.count("SELECT count(*) FROM charge_dead_letter")).isEqualTo(deadLetters);
    }

    @Test
    void whatRunsCountsAndWhatFailedDoesNot() {
        limit(null, LimitPeriod.DAY, "1", 2L);
        Hold first = billing.hold(request(null, 600_000));
        Problem refused = refusal(() -> billing.hold(request(null, 600_000)));
        assertThat(refused.code()).isEqualTo(ErrorCode.SPEND_LIMIT);
        assertThat(refused.extra())
                .containsEntry("required", "0.6")
                .containsEntry("available", "0.4")
                .containsEntry("used", "0")
                .containsEntry("limit", "1 credits and 2 calls a day for this account")
                .containsKey("resets");
        billing.release(first);
        call(null, 600_000);
        call(null, 400_000);
        Problem tooMany = refusal(() -> billing.hold(request(null, 0)));
        assertThat(tooMany.code()).isEqualTo(ErrorCode.CALL_LIMIT);
        assertThat(tooMany.retryAfter()).isPositive();
    }

    @Test
    void aCallThatIsRefusedLeavesNothingHeldOfItsLimit() {
        limit(null, LimitPeriod.TOTAL, "1500", null);
        assertThat(refusal(() -> billing.hold(request(null, 1_200_000_000))).code())
                .isEqualTo(ErrorCode.PAYMENT_REQUIRED);
        HoldRequest once = request(null, 400_000_000);
        billing.hold(once);
        assertThatThrownBy(() -> billing.hold(once)).isInstanceOf(IllegalStateException.class);

        call(null, 600_000_000);

        assertThat(only().spent()).isEqualTo(Credits.of(600));
    }

    @Test
    void aKeysLimitHoldsThatKeyAlone() {
        long key = people.key(caller);
        limit(key, LimitPeriod.DAY, "1", null);
        call(key, 1_000_000);
        assertThat(refusal(() -> call(key, 1)).detail()).contains("this API key");
        call(null, 1_000_000);
        assertThat(only().spent()).isEqualTo(Credits.of(1));
    }

    @Test
    void whatWasSpentInThePeriodBeforeTheLimitWasSetCounts() {
        call(null, 3_000_000);
        limit(null, LimitPeriod.MONTH, "5", null);
        assertThat(refusal(() -> call(null, 3_000_000)).code()).isEqualTo(ErrorCode.SPEND_LIMIT);
        call(null, 2_000_000);
    }

    @Test
    void aLimitBelowWhatIsSpentStopsAllThatCostsAndNothingElse() {
        call(null, 3_000_000);
        limit(null, LimitPeriod.TOTAL, "2", null);
        assertThat(refusal(() -> call(null, 1)).code()).isEqualTo(ErrorCode.SPEND_LIMIT);
        call(null, 0);
        sql.update("DELETE FROM spend_limit WHERE id = ?", only().limit().id());
        guard.forget(caller);
        call(null, 1);
    }

    @Test
    void aLimitLoweredWhileACallRunsHoldsForItsCharge() {
        Hold running = billing.hold(request(null, 1_000_000));
        limit(null, LimitPeriod.DAY, "0.5", null);
        assertThat(refusal(() -> billing.capture(running, 1)).code()).isEqualTo(ErrorCode.SPEND_LIMIT);
        assertThat(charged()).isZero();
    }

    @Test
    void nestedCallsStayWithinTheLimitToo() {
        limit(null, LimitPeriod.DAY, "3", null);
        Hold root = billing.hold(request(null, 1_000_000));
        HoldRequest below = request(null, 2_500_000);
        HoldRequest nested = new HoldRequest(
                below.callId(),
                caller,
                null,
                publisher,
                -1,
                below.algorithm(),
                below.version(),
                below.device(),
                below.price(),
                1000,
                false,
                new HoldRequest.Nesting(root.request().callId(), root.request().callId()));
        assertThat(refusal(() -> billing.hold(nested)).code()).isEqualTo(ErrorCode.SPEND_LIMIT);
        billing.capture(root, 1);
        assertThat(charged()).isEqualTo(1_000_000);
        assertThat(billing.available(caller)).isEqualTo(Credits.of(999));
    }

    @Test
    void alertsComeOnceAtFiftyEightyFiveAndAHundredPercent() {
        limit(null, LimitPeriod.DAY, "10", null);
        call(null, 4_900_000);
        assertThat(only().alerts()).isEmpty();
        call(null, 100_000);
        assertThat(only().alerts()).containsExactly("50 % of the credits");
        call(null, 4_000_000);
        call(null, 500_000);
        assertThat(only().alerts()).containsExactly("50 % of the credits", "85 % of the credits");
        call(null, 500_000);
        assertThat(only().alerts()).hasSize(3).contains("100 % of the credits");
        assertThat(sql.count(
                        "SELECT count(*) FROM spend_alert WHERE limit_id = ?",
                        only().limit().id()))
                .isEqualTo(3);
    }
}
