package io.algomat.workers;

import static io.algomat.workers.FleetForTests.MILLI;
import static io.algomat.workers.FleetForTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.workers.Autoscaler.View;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many workers a pool should have; time is the test's. */
class AutoscalerTest {
    private final Autoscaler autoscaler = new Autoscaler();
    private long now = 100 * SECOND;

    private void load(int calls, int seconds) {
        for (int i = 0; i < 10 * seconds; i++) {
            autoscaler.sample(calls, now);
            now += 100 * MILLI;
        }
    }

    @Test
    void fromZeroOneIsStartedAtOnce() {
        assertThat(Autoscaler.toStart(new View(1, 0, 0, 0, 0, 4))).isEqualTo(1);
        assertThat(Autoscaler.toStart(new View(1, 0, 0, 1, 0, 4)))
                .as("one is on its way")
                .isZero();
        assertThat(Autoscaler.toStart(new View(0, 0, 0, 0, 0, 4)))
                .as("nobody waits")
                .isZero();
    }

    @Test
    void beforeDurationsAreKnownEveryStaleCallWantsAWorker() {
        assertThat(Autoscaler.toStart(new View(3, 0, 1, 0, 0, 8))).isZero();
        assertThat(Autoscaler.toStart(new View(5, 3, 1, 1, 0, 8))).isEqualTo(2);
    }

    @Test
    void quickCallsWantOneWorkerForManyAndSlowOnesOneEach() {
        assertThat(Autoscaler.toStart(new View(20, 20, 1, 0, 5 * MILLI, 8))).isEqualTo(1);
        assertThat(Autoscaler.toStart(new View(21, 21, 1, 0, 5 * MILLI, 8))).isEqualTo(2);
        assertThat(Autoscaler.toStart(new View(5, 0, 1, 0, 50 * MILLI, 8)))
                .as("more than a step's work")
                .isEqualTo(2);
        assertThat(Autoscaler.toStart(new View(3, 0, 2, 0, 10 * MILLI, 8)))
                .as("soon done")
                .isZero();
    }

    @Test
    void neverMoreThanAllowedNorThanCallsThatWait() {
        assertThat(Autoscaler.toStart(new View(50, 50, 1, 0, SECOND, 4))).isEqualTo(3);
        assertThat(Autoscaler.toStart(new View(2, 2, 1, 0, SECOND, 8))).isEqualTo(2);
        assertThat(Autoscaler.toStart(new View(9, 9, 4, 0, SECOND, 4))).isZero();
    }

    @Test
    void aSteadyLoadIsAnsweredWithSeventyPercentInUse() {
        load(7, 60);

        assertThat(autoscaler.desired(10, now)).isEqualTo(10);
    }

    @Test
    void aBurstIsAnsweredBySixSecondsAndNotTakenBackForAMinute() {
        load(1, 54);
        load(14, 6);
        assertThat(autoscaler.desired(2, now)).isGreaterThanOrEqualTo(20);
        assertThat(autoscaler.panics()).isTrue();

        load(0, 30);
        assertThat(autoscaler.desired(20, now)).isGreaterThanOrEqualTo(20);
        load(0, 60);
        assertThat(autoscaler.desired(20, now)).as("at most half go at once").isEqualTo(10);
        assertThat(autoscaler.panics()).isFalse();
    }

    @Test
    void workersStayForALearnedPauseAndComeBackBeforeTheNextCall() {
        KeepWarm often = new KeepWarm(new KeepWarm.Bounds(300 * SECOND, 10 * SECOND, 1_800 * SECOND));
        KeepWarm hourly = new KeepWarm(new KeepWarm.Bounds(300 * SECOND, 10 * SECOND, 1_800 * SECOND));
        assertThat(often.keepNanos()).as("nothing is known").isEqualTo(300 * SECOND);
        for (int i = 0; i < 20; i++) {
            often.quiet(now);
            often.arrived(now + 40 * SECOND);
            hourly.quiet(now);
            hourly.arrived(now + 3_600 * SECOND);
        }

        assertThat(often.keepNanos()).isBetween(40 * SECOND, 70 * SECOND);
        assertThat(often.againNanos()).isZero();
        assertThat(hourly.keepNanos()).isEqualTo(10 * SECOND);
        assertThat(hourly.againNanos()).isBetween(2_400 * SECOND, 3_600 * SECOND);
        hourly.quiet(now);
        assertThat(hourly.due(now + 600 * SECOND)).isFalse();
        assertThat(hourly.due(now + 3_500 * SECOND)).isTrue();
        assertThat(hourly.due(now + 20_000 * SECOND)).as("it did not come").isFalse();
    }

    @Test
    void callsOfOneBurstAreNoPause() {
        KeepWarm warmth = new KeepWarm(new KeepWarm.Bounds(300 * SECOND, 10 * SECOND, 1_800 * SECOND));
        for (int i = 0; i < 100; i++) {
            warmth.quiet(now);
            warmth.arrived(now + 500 * MILLI);
        }

        assertThat(warmth.keepNanos()).isEqualTo(300 * SECOND);
    }

    @Test
    void whoCallsAnotherHasItWarmedTheNextTime() {
        Companions companions = new Companions();
        WorkerSpec child = WorkersForTests.spec("child", "identity", java.util.Map.of(), java.nio.file.Path.of("."));
        assertThat(companions.expected("parent")).isEmpty();
        companions.called("parent", child);

        assertThat(companions.expected("parent")).isEqualTo(List.of(child));
        for (int i = 0; i < 10; i++) {
            companions.expected("parent");
        }
        assertThat(companions.expected("parent"))
                .as("it is hardly ever called any more")
                .isEmpty();
    }

    @Test
    void aCallerFillsItsShareAndLaterOnesFindAPlace() {
        Admission.Limits limits = new Admission.Limits(12, 60 * SECOND);
        var alone = Admission.refusal(new Admission.View(6, 6, 0, 6, 1, MILLI, 0), limits, 10 * SECOND);
        var other = Admission.refusal(new Admission.View(6, 0, 1, 1, 1, MILLI, 0), limits, 10 * SECOND);

        assertThat(alone).isNotNull();
        assertThat(alone.code()).isEqualTo(io.algomat.platform.ErrorCode.RATE_LIMITED);
        assertThat(other).isNull();
    }

    @Test
    void aCallThatCouldNotRunInTimeIsToldWhenItCould() {
        Admission.Limits limits = new Admission.Limits(100, 60 * SECOND);
        Admission.View view = new Admission.View(20, 2, 3, 12, 2, SECOND, 0);

        assertThat(Admission.refusal(view, limits, 10 * SECOND)).isNull();
        var late = Admission.refusal(view, limits, 5 * SECOND);
        assertThat(late).isNotNull();
        assertThat(late.code()).isEqualTo(io.algomat.platform.ErrorCode.OVERLOADED);
        assertThat(late.retryAfter()).hasSeconds(7);
    }

    @Test
    void nothingIsRefusedBecauseNoWorkerIsThere() {
        Admission.View cold = new Admission.View(0, 0, 0, 0, 1, SECOND, 30 * SECOND);

        assertThat(Admission.refusal(cold, new Admission.Limits(10, 60 * SECOND), SECOND))
                .isNull();
    }
}
