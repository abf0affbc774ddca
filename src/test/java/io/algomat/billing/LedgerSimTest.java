package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real holds, leases and charges of two gateways, ten thousand times over, each time with other faults. A mutation test
 * asks for fewer seeds, since it runs them once for each mutant.
 */
class LedgerSimTest {
    private static final Logger LOG = Logger.getLogger("io.algomat.billing");
    private static final int SEEDS = Integer.getInteger("algomat.test.ledger-seeds", 10_000);

    /** It warns of every fault, and there are some hundred thousand. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    void noSeedBreaksARuleOfTheLedger() {
        assertThat(LongStream.range(0, SEEDS)
                        .parallel()
                        .mapToObj(LedgerSimTest::broken)
                        .filter(found -> !found.isEmpty()))
                .isEmpty();
    }

    private static String broken(long seed) {
        List<String> found = LedgerSim.run(seed, LedgerSim.Planted.NONE);
        return found.isEmpty() ? "" : "seed " + seed + ": " + found;
    }

    /** A loan that came after the gateway had looked for it was nobody's until the epoch ended. */
    @ParameterizedTest
    @ValueSource(longs = {3, 8, 11})
    void aLoanThatComesLateStrandsNoCredit(long seed) {
        assertThat(broken(seed)).isEmpty();
    }

    /** A charge that was given up while the writer was at it was made after its lease was read. */
    @ParameterizedTest
    @ValueSource(longs = {40})
    void aChargeThatNobodyWaitsForAnyMoreIsStillHeldAgainst(long seed) {
        assertThat(broken(seed)).isEmpty();
    }

    /** A zombie's call was told that credit was short, when its lease had ended. */
    @ParameterizedTest
    @ValueSource(longs = {734, 991})
    void aCallWhoseLeaseEndedIsToldSoThoughTheAccountIsEmpty(long seed) {
        assertThat(broken(seed)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = LedgerSim.Planted.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedBugIsCaught(LedgerSim.Planted bug) {
        assertThat(LongStream.range(0, 200))
                .anySatisfy(seed -> assertThat(LedgerSim.run(seed, bug))
                        .anySatisfy(found -> assertThat(found)
                                .startsWith(
                                        switch (bug) {
                                            case DROPPED_DEDUPE -> "I1: charged 2 times";
                                            case WRONG_LOCK_ORDER -> "deadlock";
                                            case LATE_CAPTURE -> "I2";
                                            case NONE -> "";
                                        })));
    }

    @Test
    void aSeedIsOneCourseOfEvents() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(LedgerSim.run(seed, LedgerSim.Planted.DROPPED_DEDUPE))
                    .isEqualTo(LedgerSim.run(seed, LedgerSim.Planted.DROPPED_DEDUPE));
        }
    }
}
