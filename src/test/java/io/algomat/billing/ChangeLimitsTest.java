package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.testing.Money;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may set which limit. What limits do is {@link SpendLimitsTest}'s. */
@QuarkusTest
class ChangeLimitsTest {
    @Inject
    ChangeLimits change;

    @Inject
    SpendLimits limits;

    @Inject
    Billing billing;

    @Inject
    Money money;

    private long caller;

    @BeforeEach
    void owner() {
        caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(10));
    }

    private Problem refusal(Callable<?> call) {
        return catchThrowableOfType(Problem.class, call::call);
    }

    private SpendLimits.View only() {
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
        change.tighten(caller, null, LimitPeriod.DAY, Credits.of(5), null);
        change.tighten(caller, null, LimitPeriod.DAY, Credits.of(4), 10L);
        for (Callable<?> looser : List.<Callable<?>>of(
                () -> tighten(Credits.of(5), 10L), () -> tighten(Credits.of(4), 11L), () -> tighten(null, 10L))) {
            assertThat(refusal(looser).code()).isEqualTo(ErrorCode.FORBIDDEN);
        }
        assertThat(only().limit().words()).isEqualTo("4 credits and 10 calls a day");
    }

    private boolean tighten(@Nullable Credits spend, long calls) {
        change.tighten(caller, null, LimitPeriod.DAY, spend, calls);
        return true;
    }
}
