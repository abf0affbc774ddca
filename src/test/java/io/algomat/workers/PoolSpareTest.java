package io.algomat.workers;

import static io.algomat.workers.FleetForTests.MILLI;
import static io.algomat.workers.FleetForTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When sandboxes are started ahead, who gets them, and when they go. */
class PoolSpareTest {
    private static final long MB = 1L << 20;

    /** One that waits as long as the test wants. */
    private final class Waiting implements Spare {
        final SpareStarter.Events events;

        @Nullable
        WorkerSpec became;

        boolean stopped;

        Waiting(SpareStarter.Events events) {
            this.events = events;
        }

        @Override
        public void become(WorkerSpec spec, WorkerStarter.Events workerEvents) {
            became = spec;
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    private final List<Waiting> spares = new ArrayList<>();
    private final FleetScene scene = new FleetScene(FleetForTests.limits(2, 800 * MB), new SpareStarter() {
        @Override
        public SpareKind kind(WorkerSpec spec) {
            return SpareKind.of(spec, true);
        }

        @Override
        public void begin(SpareKind kind, WorkerSpec like, Events events) {
            spares.add(new Waiting(events));
        }
    });

    private static WorkerSpec spec(String pool, long megabytes) {
        return FleetScene.spec(pool, Reuse.SHARED, megabytes);
    }

    private Waiting ready() {
        Waiting last = spares.getLast();
        last.events.ready(last);
        return last;
    }

    /** A worker of the kind started, so a sandbox is wanted. */
    private void used(String pool, long megabytes) {
        scene.join(spec(pool, megabytes), 1, "x");
        scene.last().ready();
        pass(SECOND);
    }

    private void pass(long nanos) {
        for (long end = scene.now + nanos; scene.now < end; scene.now += 100 * MILLI) {
            scene.fleet.tick();
        }
    }

    @Test
    void nothingIsStartedBeforeAVersionWasCalled() {
        pass(5 * SECOND);

        assertThat(spares).isEmpty();
    }

    @Test
    void aStartHasTheProcessorsForItselfAtFirst() {
        scene.join(spec("first", 100), 1, "x");
        scene.fleet.tick();
        assertThat(spares).isEmpty();

        pass(SECOND);

        assertThat(spares).hasSize(1);
        pass(SECOND);
        assertThat(spares).as("one is enough").hasSize(1);
    }

    @Test
    void theFirstStartThatFitsTakesItAndAnotherIsBegun() {
        used("first", 100);
        Waiting spare = ready();
        int started = scene.actors.size();

        scene.join(spec("second", 200), 1, "x");

        assertThat(spare.became).isNotNull();
        assertThat(spare.became.pool()).isEqualTo("second");
        assertThat(scene.actors).as("no other process").hasSize(started);
        assertThat(scene.fleet.counts().sparesUsed()).isEqualTo(1);
        pass(SECOND);
        assertThat(spares).hasSize(2);
    }

    @Test
    void oneThatIsNotReadyIsNotWaitedFor() {
        used("first", 100);
        int started = scene.actors.size();

        scene.join(spec("second", 100), 1, "x");

        assertThat(scene.actors).hasSize(started + 1);
    }

    @Test
    void itsMemoryIsTheFirstToBeTaken() {
        used("first", 100);
        Waiting spare = ready();
        scene.last().answer();

        scene.join(spec("large", 650), 1, "x");

        assertThat(spare.stopped).isTrue();
        assertThat(scene.actors.getFirst().stopped)
                .as("no worker goes while that is enough")
                .isFalse();
        assertThat(scene.actors).as("its bytes count until its process is gone").hasSize(1);
        spare.events.gone();
        assertThat(scene.last().spec.pool()).isEqualTo("large");
        pass(5 * SECOND);
        assertThat(spares).as("none while memory is short").hasSize(1);
    }

    @Test
    void oneThatDiedComesBackLater() {
        used("first", 100);
        ready().events.gone();
        pass(10 * SECOND);
        assertThat(spares).hasSize(1);

        used("second", 100);
        pass(60 * SECOND);

        assertThat(spares).hasSize(2);
    }

    @Test
    void itGoesWhenItsKindWasNotUsedForLong() {
        used("first", 100);
        Waiting spare = ready();
        pass(50 * SECOND);
        assertThat(spare.stopped).isFalse();

        pass(20 * SECOND);

        assertThat(spare.stopped).isTrue();
        spare.events.gone();
        pass(20 * SECOND);
        assertThat(spares).hasSize(1);
    }

    @Test
    void oneThatIsReadyAfterTheGatewayStoppedIsStoppedToo() {
        used("first", 100);
        scene.fleet.close();

        assertThat(ready().stopped).isTrue();
    }
}
