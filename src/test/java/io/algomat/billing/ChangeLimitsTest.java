package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may set which limit. What limits do is {@link SpendLimitsTest}'s. */
@ExtendWith(LedgerBeans.class)
class ChangeLimitsTest {
    @Inject
    ChangeLimits change;

    @Inject
    SpendLimits limits;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    Sql sql;

    private long caller;

    @BeforeEach
    void owner() {
        caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(10));
    }

    private Problem refusal(Runnable act) {
        return catchThrowableOfType(Problem.class, act::run);
    }

    private SpendLimits.View only() {
        assertThat(limits.views(caller)).hasSize(1);
        return limits.views(caller).getFirst();
    }

    private void call(long royaltyMicro) {
        billing.capture(billing.hold(Calls.royaltyOnly(caller, caller, royaltyMicro)), 1);
    }

    @Test
    void aLimitCountsAtOnceAndIsGoneAtOnce() {
        call(1_000_000);
        change.set(caller, null, LimitPeriod.TOTAL, Credits.of(1), null);
        assertThat(refusal(() -> billing.hold(Calls.royaltyOnly(caller, caller, 1)))
                        .code())
                .isEqualTo(ErrorCode.SPEND_LIMIT);
        change.remove(caller, only().limit().id());
        call(1);
    }

    @Test
    void aKeyMayTightenALimitAndNotLoosenIt() {
        tighten(Credits.of(5), null);
        tighten(Credits.of(4), 10L);
        for (Runnable looser : List.<Runnable>of(
                () -> tighten(Credits.of(5), 10L),
                () -> tighten(Credits.of(4), 11L),
                () -> tighten(Credits.of(4), null),
                () -> tighten(null, 10L))) {
            assertThat(refusal(looser).code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(refusal(() -> tighten(null, 10L)).detail()).contains("a limit of 4 credits and 10 calls a day");
        assertThat(only().limit().words()).isEqualTo("4 credits and 10 calls a day");
        tighten(Credits.of(4), 10L);
        tighten(Credits.of(4), 9L);
        assertThat(only().limit().words()).isEqualTo("4 credits and 9 calls a day");
    }

    @Test
    void otherLimitsThanTheOneForTheKeyAndPeriodHoldNoKeyBack() {
        long key = people.key(caller);
        change.set(caller, key, LimitPeriod.DAY, Credits.of(1), null);
        change.set(caller, null, LimitPeriod.MONTH, Credits.of(2), null);

        tighten(Credits.of(3), null);

        assertThat(limits.views(caller))
                .extracting(view -> view.limit().words())
                .containsExactlyInAnyOrder("1 credits a day", "2 credits a month", "3 credits a day");
    }

    @Test
    void aLimitTakesThePlaceOfTheOneBeforeAndBothAreAudited() {
        change.set(caller, null, LimitPeriod.MONTH, Credits.of(7), null);
        change.set(caller, null, LimitPeriod.DAY, Credits.of(2), null);
        change.set(caller, null, LimitPeriod.DAY, Credits.ZERO, 0L);
        SpendLimits.View day = limits.views(caller).stream()
                .filter(view -> view.limit().period() == LimitPeriod.DAY)
                .findFirst()
                .orElseThrow();
        change.remove(caller, day.limit().id());

        assertThat(audited("account:" + caller))
                .containsExactly(
                        "limit.set null -> 7 credits a month",
                        "limit.set null -> 2 credits a day",
                        "limit.set 2 credits a day -> 0 credits and 0 calls a day",
                        "limit.remove 0 credits and 0 calls a day -> null");
        assertThat(only().limit().words()).isEqualTo("7 credits a month");
    }

    @Test
    void aKeysLimitIsToldOfTheKey() {
        long key = people.key(caller);
        change.set(caller, key, LimitPeriod.DAY, Credits.of(1), null);
        assertThat(only().keyName()).isEqualTo("Test");
        change.remove(caller, only().limit().id());

        assertThat(audited("key:" + key))
                .containsExactly("limit.set null -> 1 credits a day", "limit.remove 1 credits a day -> null");
        assertThat(audited("account:" + caller)).isEmpty();
    }

    @Test
    void aLimitThatMakesNoSenseNamesItsField() {
        assertThat(field(null, null)).isEqualTo("maxSpend");
        assertThat(field(Credits.micro(-1), null)).isEqualTo("maxSpend");
        assertThat(field(Credits.of(1), -1L)).isEqualTo("maxCalls");
        assertThat(limits.views(caller)).isEmpty();
    }

    @Test
    void nobodyLimitsAKeyOfOthersOrRemovesTheirLimits() {
        long other = money.ownerWithoutCredit();
        long key = people.key(other);
        change.set(other, key, LimitPeriod.DAY, Credits.of(1), null);
        long limit = limits.views(other).getFirst().limit().id();

        assertThat(refusal(() -> change.set(caller, key, LimitPeriod.DAY, Credits.of(2), null))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(() -> change.remove(caller, limit)).code()).isEqualTo(ErrorCode.NOT_FOUND);

        assertThat(limits.views(other)).extracting(view -> view.limit().id()).containsExactly(limit);
        assertThat(limits.views(caller)).isEmpty();
    }

    private void tighten(@Nullable Credits spend, @Nullable Long calls) {
        change.tighten(caller, null, LimitPeriod.DAY, spend, calls);
    }

    private String field(@Nullable Credits spend, @Nullable Long calls) {
        Problem problem = refusal(() -> change.set(caller, null, LimitPeriod.DAY, spend, calls));
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID);
        return problem.errors().getFirst().where();
    }

    /** By the caller, in order. */
    private List<String> audited(String subject) {
        return sql.list(
                "SELECT act || ' ' || coalesce(before, 'null') || ' -> ' || coalesce(after, 'null') AS row FROM audit"
                        + " WHERE subject = ? AND actor_id = ? ORDER BY id",
                row -> row.getString("row"),
                subject,
                caller);
    }
}
