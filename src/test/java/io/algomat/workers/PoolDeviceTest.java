package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Problem;
import io.algomat.workers.FleetScene.Actor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which GPU a worker gets, and what it takes of that and of the machine. */
class PoolDeviceTest {
    private static final long MB = 1L << 20;

    private final FleetScene scene = new FleetScene(FleetForTests.limits(2, 600 * MB, 2, 1000 * MB));

    private static WorkerSpec gpu(String pool, Reuse reuse, long gpuMegabytes) {
        WorkerSpec cpu = FleetScene.spec(pool, reuse, 100);
        return new WorkerSpec(
                pool,
                cpu.runtime(),
                cpu.task(),
                Map.of(),
                cpu.artifact(),
                null,
                "gpu",
                reuse,
                Limits.of(100 * MB).withGpu(gpuMegabytes * MB),
                true,
                true);
    }

    private Actor started(WorkerSpec spec, long caller) {
        int before = scene.actors.size();
        scene.join(spec, caller, "x");
        assertThat(scene.actors).hasSize(before + 1);
        scene.last().ready();
        return scene.last();
    }

    @Test
    void workersOfOneVersionGoToDifferentGpus() {
        WorkerSpec spec = gpu("two", Reuse.PER_CALLER, 100);

        assertThat(started(spec, 1).spec.device()).isEqualTo("FAKE gpu:0");
        assertThat(started(spec, 2).spec.device()).isEqualTo("FAKE gpu:1");
        assertThat(scene.view("two").workers())
                .extracting(PoolView.WorkerView::device)
                .containsExactly("FAKE gpu:0", "FAKE gpu:1");
        assertThat(scene.view("two").device()).isEqualTo("gpu");
    }

    @Test
    void aWorkerGoesToTheEmptiestGpuThatHasRoom() {
        started(gpu("large", Reuse.SHARED, 800), 1);
        started(gpu("small", Reuse.SHARED, 300), 1);

        assertThat(scene.last().spec.device()).isEqualTo("FAKE gpu:1");
        assertThat(started(gpu("medium", Reuse.SHARED, 700), 1).spec.device()).isEqualTo("FAKE gpu:1");
        assertThat(started(gpu("tiny", Reuse.SHARED, 150), 1).spec.device()).isEqualTo("FAKE gpu:0");
    }

    @Test
    void anIdleWorkerGoesForOneThatFindsNoRoomOnAnyGpu() {
        Actor first = started(gpu("first", Reuse.SHARED, 800), 1);
        Actor second = started(gpu("second", Reuse.SHARED, 800), 1);
        Actor processor = started(FleetScene.spec("processor", Reuse.SHARED, 100), 1);
        first.answer();
        processor.answer();
        scene.now += FleetForTests.SECOND;
        scene.join(gpu("wants", Reuse.SHARED, 500), 1, "x");

        assertThat(first.stopped || second.stopped)
                .as("one that is busy does not go, and one on a processor would not help")
                .isEqualTo(first.stopped);
        assertThat(processor.stopped).isFalse();
        assertThat(second.stopped).isFalse();
    }

    @Test
    void aWorkerOnAGpuTakesOfTheMachinesMemoryAsWell() {
        for (int i = 0; i < 6; i++) {
            started(gpu("gpu-" + i, Reuse.SHARED, 10), 1);
        }

        scene.join(FleetScene.spec("processor", Reuse.SHARED, 100), 1, "x");

        assertThat(scene.actors).as("600 MB are taken").hasSize(6);
        assertThat(scene.view("processor").counts()).containsKey(PoolDecision.Kind.WAITED_FOR_ROOM);
    }

    @Test
    void whatIsSeenOnTheGpuCounts() {
        Actor first = started(gpu("grows", Reuse.SHARED, 100), 1);
        first.answer();
        scene.fleet.heldOnGpu(Map.of(first.name(), 950 * MB));

        assertThat(started(gpu("next", Reuse.SHARED, 200), 1).spec.device()).isEqualTo("FAKE gpu:1");
        assertThat(started(gpu("third", Reuse.SHARED, 200), 1).spec.device()).isEqualTo("FAKE gpu:1");
    }

    @Test
    void aVersionThatNoGpuCouldHoldIsRefused() {
        assertThatThrownBy(() -> scene.join(gpu("huge", Reuse.SHARED, 1500), 1, "x"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("needs 1500 MB, and the largest GPU of this machine has 1000 MB");
    }

    @Test
    void theTimingNamesTheDevice() {
        WorkerSpec spec = gpu("timed", Reuse.SHARED, 100);
        Ticket ticket = scene.join(spec, 1, "x");
        scene.last().ready();

        assertThat(ticket.run).isNotNull();
        assertThat(ticket.run.slot().device).isEqualTo("FAKE gpu:0");
    }
}
