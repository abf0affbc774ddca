package io.algomat.workers;

import static io.algomat.workers.FleetForTests.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What is learned of durations, and the batches that follow from it. */
class LatencyModelTest {
    private final LatencyModel model = new LatencyModel();
    private final BatchFormer former = new BatchFormer(model, 100 * MILLI);

    private void learn(int size, long millis, int times) {
        for (int i = 0; i < times; i++) {
            model.learn(size, millis * MILLI);
        }
    }

    @Test
    void theFirstSlowBatchesOfAFreshProcessSayNothing() {
        learn(1, 500, 2);
        assertThat(model.known()).isFalse();

        learn(1, 4, 1);

        assertThat(model.nanos(1)).isEqualTo(4 * MILLI);
    }

    @Test
    void slopeAndInterceptAreFoundFromTwoSizes() {
        for (int i = 0; i < 10; i++) {
            learn(1, 5, 1);
            learn(4, 11, 1);
        }

        assertThat(model.perItem()).isCloseTo(2 * MILLI, within(1e3));
        assertThat(model.perBatch()).isCloseTo(3 * MILLI, within(1e3));
        assertThat(model.nanos(8)).isBetween(18_900_000L, 19_100_000L);
    }

    @Test
    void whatChangedIsLearnedAgainAndTheOldForgotten() {
        learn(1, 5, 200);
        learn(1, 50, 200);

        assertThat(model.nanos(1)).isBetween(48 * MILLI, 50 * MILLI);
    }

    @Test
    void aLineIsNeverBelowTheOrigin() {
        learn(1, 1, 3);
        for (int i = 0; i < 10; i++) {
            learn(1, 1, 1);
            learn(4, 20, 1);
        }

        assertThat(model.perItem()).isPositive();
        assertThat(model.perBatch()).isZero();
    }

    @Test
    void batchesGrowByTwiceAtMostAndOnlyToTheTarget() {
        assertThat(former.most(64)).as("nothing is known").isEqualTo(1);
        learn(1, 5, 4);
        assertThat(former.most(64)).isEqualTo(2);
        learn(2, 7, 1);
        assertThat(former.most(64)).isEqualTo(4);
        learn(4, 11, 10);
        learn(64, 131, 3);
        assertThat(former.most(64)).isEqualTo(64);

        assertThat(former.fits(40, Long.MAX_VALUE / 2, 0)).isTrue();
        assertThat(former.fits(60, Long.MAX_VALUE / 2, 0))
                .as("longer than the target")
                .isFalse();
    }

    @Test
    void aBatchThatWouldMissTheEarliestDeadlineIsTooLarge() {
        for (int i = 0; i < 10; i++) {
            learn(1, 5, 1);
            learn(4, 11, 1);
        }

        assertThat(former.fits(3, 12 * MILLI, 0)).isTrue();
        assertThat(former.fits(8, 12 * MILLI, 0)).isFalse();
        assertThat(former.fits(3, 12 * MILLI, 5 * MILLI)).isFalse();
    }

    @Test
    void whereBatchesGainNothingCallsGoInPairsAtMost() {
        for (int i = 0; i < 10; i++) {
            learn(1, 5, 1);
            learn(2, 10, 1);
            learn(4, 20, 1);
        }

        assertThat(former.most(64)).isEqualTo(2);
    }

    @Test
    void aCallInALargeBatchCostsLessThanOneAlone() {
        for (int i = 0; i < 20; i++) {
            learn(1, 5, 1);
            learn(8, 19, 1);
        }

        assertThat(former.nanosPerCall(1)).isBetween(4_900_000L, 5_100_000L);
        assertThat(former.nanosPerCall(8)).isLessThan(3 * MILLI);
    }
}
