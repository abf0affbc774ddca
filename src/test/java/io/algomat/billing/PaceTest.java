package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    private long now;
    private final Pace pace = new Pace(now);

    /** Groups of so many calls, each so long after the one before. */
    private void groups(int count, int calls, long everyMillis, long tookMillis) {
        for (int i = 0; i < count; i++) {
            now += everyMillis * MILLI;
            pace.now(now);
            for (int call = 0; call < calls; call++) {
                pace.ended(tookMillis * MILLI);
            }
        }
    }

    @Test
    void aLoneChargeWaitsForNobody() {
        assertThat(pace.enough()).isEqualTo(1);
        assertThat(pace.patience()).isZero();

        groups(100, 1, 10, 5);

        assertThat(pace.enough()).isEqualTo(1);
    }

    @Test
    void ofSixtyFourCallsUnderWayHalfAreWaitedForAndNotLongerThanHalfACall() {
        // 1,600 a second, 40 ms each.
        groups(100, 16, 10, 40);

        assertThat(pace.enough()).isBetween(28, 34);
        assertThat(pace.patience()).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void callsThatTakeLongAreNoReasonToWait() {
        groups(100, 1, 50, 60_000);

        assertThat(pace.enough()).isEqualTo(1);
        assertThat(pace.patience()).isEqualTo(Pace.MOST);
    }

    @Test
    void whatWasBusyASecondAgoIsForgotten() {
        groups(100, 16, 10, 40);

        now += 1000 * MILLI;
        pace.now(now);

        assertThat(pace.enough()).isEqualTo(1);
    }
}
