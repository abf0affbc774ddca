package io.algomat.workers;

import static io.algomat.workers.FleetForTests.MILLI;
import static io.algomat.workers.FleetForTests.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.workers.FleetScene.Actor;
import org.junit.jupiter.api.Test;

/** Deaths, poison and batches in a pool. */
class PoolFailureTest {
    private final FleetScene scene = new FleetScene(FleetForTests.limits(1));
    private final WorkerSpec spec = FleetScene.spec("pool", Reuse.SHARED, 100);

    private Actor warm() {
        scene.join(spec, 9, "warm");
        Actor actor = scene.last();
        actor.ready();
        return actor;
    }

    @Test
    void aWorkerThatServedAndWasKilledIsReplacedAtOnce() {
        Actor first = warm();
        first.answer();
        scene.join(spec, 1, "next");

        first.die();
        scene.join(spec, 1, "other");

        assertThat(scene.actors).hasSize(2);
        assertThat(scene.view("pool").crashes()).isEqualTo("steady");
    }

    @Test
    void callsWaitThroughAFewDeathsAndAreRefusedInALoop() {
        Ticket ticket = scene.join(spec, 1, "x");
        for (int i = 0; i < 4; i++) {
            scene.last().events.failed(StartFailed.process("exit 139"));
            assertThat(ticket.end).as("death " + i).isNotDone();
            scene.pass(4 * SECOND);
        }
        assertThat(scene.actors).hasSize(5);

        scene.last().events.failed(StartFailed.process("exit 139"));

        assertThat(ticket.end.join()).isInstanceOf(Ticket.End.Refused.class);
        assertThat(scene.view("pool").crashes()).isEqualTo("looping");
        assertThat(scene.join(spec, 1, "x").end.join()).isInstanceOf(Ticket.End.Refused.class);
        scene.pass(31 * SECOND);
        assertThat(scene.join(spec, 1, "probe").end).isNotDone();
        assertThat(scene.view("pool").crashes()).isEqualTo("probing");
    }

    @Test
    void aPoisonedInputIsRefusedAndOthersAreNot() {
        warm().answer();
        scene.fleet.poisoned(spec, scene.call(1, "poison", SECOND));

        assertThatThrownBy(() -> scene.join(spec, 1, "poison")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.WORKER_LOST);
            assertThat(problem.detail()).contains("this very input");
            assertThat(problem.retryAfter()).isNotNull();
        });
        assertThat(scene.join(spec, 1, "harmless").run).isNotNull();
    }

    private Actor learned() {
        scene.largestBatch = 8;
        Actor actor = warm();
        for (int i = 0; i < 6; i++) {
            scene.now += 5 * MILLI;
            actor.answer();
            scene.join(spec, 9, "warm");
        }
        return actor;
    }

    @Test
    void whatWaitsGoesTogetherAndGrowsByTwice() {
        Actor actor = learned();
        for (int caller = 1; caller <= 7; caller++) {
            scene.join(spec, caller, "c" + caller);
        }

        scene.now += 5 * MILLI;
        actor.answer();
        assertThat(actor.texts()).containsExactly("c1", "c2");
        scene.now += 6 * MILLI;
        actor.answer();
        assertThat(actor.texts()).containsExactly("c3", "c4", "c5", "c6");
    }

    @Test
    void callsOfABatchWhoseWorkerDiedAreTriedAloneAndFirst() {
        Actor actor = learned();
        Ticket one = scene.join(spec, 1, "c1");
        Ticket two = scene.join(spec, 1, "c2");
        scene.now += 5 * MILLI;
        actor.answer();
        assertThat(actor.texts()).containsExactly("c1", "c2");
        scene.join(spec, 3, "c3");

        actor.die();
        scene.fleet.enqueue(spec, one.call, one);
        scene.fleet.enqueue(spec, two.call, two);
        scene.last().ready();

        assertThat(scene.last().texts()).containsExactly("c1");
        scene.last().answer();
        assertThat(scene.last().texts()).containsExactly("c2");
    }

    @Test
    void aBatchOfABoundPoolHoldsOneCallersCallsAlone() {
        WorkerSpec bound = FleetScene.spec("bound", Reuse.PER_CALLER, 100);
        scene.largestBatch = 8;
        scene.join(bound, 1, "warm");
        Actor actor = scene.last();
        actor.ready();
        for (int i = 0; i < 6; i++) {
            scene.now += 5 * MILLI;
            actor.answer();
            scene.join(bound, 1, "warm");
        }
        scene.join(bound, 1, "a");
        scene.join(bound, 2, "other");
        scene.join(bound, 1, "b");

        scene.now += 5 * MILLI;
        actor.answer();

        assertThat(actor.texts()).containsExactly("a", "b");
    }

    @Test
    void aCallThatCannotRunInTimeIsRefusedWithTheTimeThatItTakes() {
        Actor actor = warm();
        for (int i = 0; i < 6; i++) {
            scene.now += 2 * SECOND;
            actor.answer();
            scene.join(spec, 9, "slow");
        }
        scene.join(spec, 1, "one");
        scene.join(spec, 2, "two");

        assertThatThrownBy(() -> scene.join(spec, 3, "three", SECOND))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.OVERLOADED);
                    assertThat(problem.retryAfter()).hasSeconds(5);
                });
        assertThat(scene.view("pool").counts()).containsEntry(PoolDecision.Kind.REFUSED, 1L);
    }
}
