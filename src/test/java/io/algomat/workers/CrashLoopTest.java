package io.algomat.workers;

import static io.algomat.workers.FleetForTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Payload;
import org.junit.jupiter.api.Test;

/** When workers may be started again after some died, and inputs that are kept out. */
class CrashLoopTest {
    private static final StartFailed DEATH = StartFailed.process("exit 1");

    private final CrashLoop crashes = new CrashLoop();
    private long now = 1_000 * SECOND;

    private void die(int times) {
        for (int i = 0; i < times; i++) {
            crashes.starting();
            crashes.died(DEATH, now);
        }
    }

    @Test
    void theFirstDeathCostsNoPauseAndFurtherOnesMore() {
        die(1);
        assertThat(crashes.mayStart(now)).isTrue();
        die(1);
        assertThat(crashes.waitNanos(now)).isEqualTo(SECOND);
        assertThat(crashes.refusal(now)).as("calls wait meanwhile").isNull();
        die(2);
        assertThat(crashes.waitNanos(now)).isEqualTo(2 * SECOND);
        assertThat(crashes.state(now)).isEqualTo(CrashLoop.State.BACKING_OFF);
        now += 2 * SECOND;
        assertThat(crashes.mayStart(now)).isTrue();
    }

    @Test
    void fiveDeathsWithinAMinuteAreALoopThatRefusesWithItsCause() {
        die(5);

        assertThat(crashes.state(now)).isEqualTo(CrashLoop.State.LOOPING);
        assertThat(crashes.mayStart(now)).isFalse();
        assertThat(crashes.refusal(now)).isSameAs(DEATH);
        assertThat(crashes.waitNanos(now)).isEqualTo(30 * SECOND);
    }

    @Test
    void deathsOverALongTimeAreNoLoop() {
        for (int i = 0; i < 20; i++) {
            die(1);
            now += 20 * SECOND;
        }

        assertThat(crashes.state(now)).isEqualTo(CrashLoop.State.STEADY);
    }

    @Test
    void afterTheRestOneWorkerIsTriedAndItsDeathDoublesTheRest() {
        die(5);
        now += 30 * SECOND;
        assertThat(crashes.mayStart(now)).isTrue();
        assertThat(crashes.refusal(now)).as("calls wait for the probe").isNull();
        crashes.starting();
        assertThat(crashes.mayStart(now)).as("a second probe").isFalse();
        assertThat(crashes.state(now)).isEqualTo(CrashLoop.State.PROBING);

        crashes.died(DEATH, now);

        assertThat(crashes.waitNanos(now)).isEqualTo(60 * SECOND);
        assertThat(crashes.refusal(now)).isSameAs(DEATH);
    }

    @Test
    void aProbeThatServesEndsTheLoop() {
        die(5);
        now += 30 * SECOND;
        crashes.starting();
        crashes.ready();
        crashes.served();

        assertThat(crashes.state(now)).isEqualTo(CrashLoop.State.STEADY);
        die(1);
        assertThat(crashes.mayStart(now)).as("a single death after it").isTrue();
    }

    @Test
    void anAlgorithmThatCannotLoadIsToldSoDuringThePause() {
        StartFailed loading = StartFailed.loading("no such file", "", "");
        crashes.died(loading, now);
        assertThat(crashes.refusal(now))
                .as("the first start after it may be at once")
                .isNull();
        crashes.died(loading, now);

        assertThat(crashes.refusal(now)).isSameAs(loading);
    }

    @Test
    void anInputThatKilledTwoWorkersIsKeptOutForTenMinutes() {
        Quarantine quarantine = new Quarantine();
        quarantine.add(Payload.text("poison"), now);

        assertThat(quarantine.remainingNanos(Payload.text("poison"), now + SECOND))
                .isEqualTo(599 * SECOND);
        assertThat(quarantine.remainingNanos(
                        Payload.binary(Payload.text("poison").bytes()), now))
                .isZero();
        assertThat(quarantine.remainingNanos(Payload.text("other"), now)).isZero();
        assertThat(quarantine.remainingNanos(Payload.text("poison"), now + 600 * SECOND))
                .isZero();
        assertThat(quarantine.size()).isZero();
    }
}
