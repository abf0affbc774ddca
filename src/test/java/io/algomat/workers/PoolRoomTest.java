package io.algomat.workers;

import static io.algomat.workers.FleetForTests.MILLI;
import static io.algomat.workers.FleetForTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.workers.FleetScene.Actor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes that workers may take together, and who goes for whom. */
class PoolRoomTest {
    private final FleetScene scene = new FleetScene(FleetForTests.limits(2, 600L << 20));

    private static WorkerSpec spec(String pool, long megabytes) {
        return FleetScene.spec(pool, Reuse.SHARED, megabytes);
    }

    private Actor rested(String pool, long megabytes) {
        scene.join(spec(pool, megabytes), 1, pool);
        Actor actor = scene.last();
        scene.now += 500 * MILLI;
        actor.ready();
        scene.now += 10 * MILLI;
        actor.answer();
        return actor;
    }

    @Test
    void theLargestAndLongestIdleWorkerGoesFirst() {
        Actor small = rested("small", 100);
        Actor large = rested("large", 400);

        scene.now += SECOND;
        scene.join(spec("wants", 300), 1, "x");

        assertThat(large.stopped).isTrue();
        assertThat(small.stopped).isFalse();
        assertThat(scene.actors).as("its bytes count until its process is gone").hasSize(2);
        large.events.exited();
        assertThat(scene.actors).hasSize(3);
        assertThat(scene.view("wants").decisions().getFirst().kind()).isEqualTo(PoolDecision.Kind.STARTED);
    }

    @Test
    void nobodyIsStoppedWhereThatWouldNotHelp() {
        scene.join(spec("busy", 400), 1, "x");
        scene.last().ready();
        Actor idle = rested("idle", 100);

        scene.join(spec("wants", 300), 1, "x");

        assertThat(idle.stopped).isFalse();
        assertThat(scene.actors).hasSize(2);
        assertThat(scene.view("wants").counts()).containsKey(PoolDecision.Kind.WAITED_FOR_ROOM);
    }

    @Test
    void aPoolThatWaitsLongGetsItsTurnThoughAnotherIsAlwaysBusy() {
        WorkerSpec busy = spec("busy", 500);
        scene.join(busy, 1, "0");
        Actor worker = scene.last();
        worker.ready();
        scene.join(spec("wants", 300), 2, "wants");
        for (int i = 0; i < 8 && !worker.stopped; i++) {
            scene.join(busy, 1, "more");
            scene.pass(SECOND);
            worker.answer();
        }

        assertThat(worker.stopped).isTrue();
        worker.events.exited();
        assertThat(scene.last().spec.pool()).isEqualTo("wants");
    }

    @Test
    void whoComesLaterDoesNotTakeTheRoomOfOneWhoWaits() {
        scene.join(spec("busy", 400), 1, "x");
        Actor busy = scene.last();
        busy.ready();
        scene.join(spec("wants", 400), 1, "x");

        scene.join(spec("small", 150), 1, "x");

        assertThat(scene.actors).as("only the first").hasSize(1);
        busy.answer();
        scene.fleet.tick();
        busy.events.exited();
        assertThat(scene.actors.stream().map(actor -> actor.spec.pool())).startsWith("busy", "wants");
    }

    @Test
    void whatAWorkerTakesBeyondItsDeclarationCounts() {
        scene.residentBytes = 500L << 20;
        rested("grows", 100);
        scene.residentBytes = 0;

        scene.join(spec("wants", 200), 1, "x");

        assertThat(scene.actors.getFirst().stopped).isTrue();
        assertThat(scene.view("grows").bytes()).isEqualTo(500L << 20);
    }

    @Test
    void warmingStopsNobody() {
        Actor idle = rested("idle", 400);

        scene.fleet.warm(spec("early", 300));
        assertThat(idle.stopped).isFalse();
        assertThat(scene.actors).hasSize(1);
        scene.fleet.warm(spec("small", 100));

        assertThat(scene.last().spec.pool()).isEqualTo("small");
        assertThat(scene.view("small").decisions().getFirst().kind()).isEqualTo(PoolDecision.Kind.WARMED);
    }

    @Test
    void whatACallCallsIsWarmedWithIt() {
        WorkerSpec parent = spec("parent", 100);
        scene.fleet.called("parent", spec("child", 100));

        scene.join(parent, 1, "x");

        assertThat(scene.actors.stream().map(actor -> actor.spec.pool()).toList())
                .isEqualTo(List.of("child", "parent"));
    }

    @Test
    void aPoolWithoutCallsGoesToZeroAfterItsPause() {
        Actor idle = rested("idle", 100);
        scene.pass(9 * SECOND);
        assertThat(idle.stopped).isFalse();

        scene.pass(2 * SECOND);

        assertThat(idle.stopped).isTrue();
        assertThat(scene.view("idle").decisions().getFirst().why()).contains("no call for 10 s");
    }
}
