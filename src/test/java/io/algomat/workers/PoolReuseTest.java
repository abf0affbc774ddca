package io.algomat.workers;

import static io.algomat.workers.FleetForTests.MILLI;
import static io.algomat.workers.FleetForTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** For whom a worker may work, and who makes place for whom. */
class PoolReuseTest {
    private final FleetScene scene = new FleetScene(FleetForTests.limits(2));
    private final WorkerSpec bound = FleetScene.spec("bound", Reuse.PER_CALLER, 100);

    @Test
    void aWorkerOfOneCallerNeverServesAnother() {
        scene.join(bound, 1, "one");
        scene.last().ready();
        scene.last().answer();

        scene.join(bound, 2, "two");

        assertThat(scene.actors).as("another worker is started at once").hasSize(2);
        assertThat(scene.actors.getFirst().inHand).isEmpty();
        scene.last().ready();
        assertThat(scene.last().texts()).containsExactly("two");
        scene.join(bound, 1, "one again");
        assertThat(scene.actors.getFirst().texts()).containsExactly("one again");
    }

    @Test
    void severalCallersStartTheirWorkersAtTheSameTime() {
        scene.join(bound, 1, "one");
        scene.join(bound, 2, "two");

        assertThat(scene.actors).hasSize(2);
        scene.actors.get(0).ready();
        scene.actors.get(1).ready();
        assertThat(scene.actors.get(0).texts()).containsExactly("one");
        assertThat(scene.actors.get(1).texts()).containsExactly("two");
    }

    @Test
    void anotherCallersIdleWorkerMakesPlaceInAFullPool() {
        for (int caller = 1; caller <= 2; caller++) {
            scene.join(bound, caller, "x");
            scene.last().ready();
            scene.last().answer();
            scene.now += SECOND;
        }

        scene.join(bound, 3, "three");

        assertThat(scene.actors.get(0).stopped).as("the longest idle").isTrue();
        assertThat(scene.actors.get(1).stopped).isFalse();
        assertThat(scene.actors).hasSize(3);
        assertThat(scene.view("bound").counts()).containsEntry(PoolDecision.Kind.EVICTED, 1L);
    }

    @Test
    void aCallerWithAnEndlessQueueDoesNotKeepAnotherFromAWorker() {
        FleetScene narrow = new FleetScene(FleetForTests.limits(1));
        narrow.join(bound, 1, "first");
        narrow.last().ready();
        narrow.join(bound, 1, "second");
        narrow.join(bound, 1, "third");
        narrow.join(bound, 2, "other");
        narrow.last().answer();
        assertThat(narrow.last().texts()).as("nobody waited long yet").containsExactly("second");

        narrow.now += SECOND;
        narrow.last().answer();

        assertThat(narrow.actors.getFirst().stopped).isTrue();
        assertThat(narrow.actors).hasSize(2);
        narrow.last().ready();
        assertThat(narrow.last().texts()).containsExactly("other");
    }

    @Test
    void aWorkerForOneCallEndsWithIt() {
        WorkerSpec once = FleetScene.spec("once", Reuse.PER_CALL, 100);
        scene.join(once, 1, "one");
        scene.join(once, 1, "two");
        assertThat(scene.actors).as("each call has a worker").hasSize(2);
        scene.actors.forEach(FleetScene.Actor::ready);

        scene.actors.get(0).answer();
        scene.join(once, 1, "three");

        assertThat(scene.actors.get(0).stopped).isTrue();
        assertThat(scene.actors).hasSize(3);
    }

    @Test
    void theLastWorkerThatRestedIsTheFirstToWork() {
        WorkerSpec shared = FleetScene.spec("shared", Reuse.SHARED, 100);
        scene.join(shared, 1, "one");
        scene.last().ready();
        scene.join(shared, 1, "two");
        scene.now += 200 * MILLI;
        scene.fleet.tick();
        scene.last().ready();
        scene.actors.get(0).answer();
        scene.actors.get(1).answer();

        scene.join(shared, 3, "next");

        assertThat(scene.actors.get(1).texts()).containsExactly("next");
    }

    @Test
    void aCallThatIsLateWhenAWorkerIsFreeIsNeverBegun() {
        WorkerSpec shared = FleetScene.spec("shared", Reuse.SHARED, 100);
        Ticket late = scene.join(shared, 1, "late", SECOND);
        scene.now += 2 * SECOND;

        scene.last().ready();

        assertThat(scene.last().inHand).isEmpty();
        assertThat(late.end.join()).isInstanceOf(Ticket.End.Expired.class);
    }
}
