package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Payload;
import io.algomat.platform.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real worker in the real sandbox sees of a GPU, which is a fake one here. */
class GpuWorkerTest {
    @TempDir
    Path data;

    private WorkerSpec spec(String pool, String device) {
        WorkerSpec cpu = WorkersForTests.spec(pool, "identity", Map.of(), data);
        return new WorkerSpec(
                pool,
                cpu.runtime(),
                cpu.task(),
                cpu.options(),
                cpu.artifact(),
                null,
                device,
                cpu.reuse(),
                cpu.limits().withGpu(device.equals("gpu") ? 1L << 30 : 0),
                false,
                true);
    }

    /** The worker's own process, seen from outside: the newest and innermost of this one's. */
    private static Path started() {
        return ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().orElse("").equals(SandboxCommand.JDK + "/bin/java"))
                .max(Comparator.comparingLong(ProcessHandle::pid))
                .map(each -> Path.of("/proc/" + each.pid()))
                .orElseThrow();
    }

    private static List<String> environment(Path process) throws IOException {
        return List.of(Files.readString(process.resolve("environ"), StandardCharsets.UTF_8)
                .split("\0"));
    }

    private static Timing called(Workers workers, WorkerSpec spec) {
        WorkerOutcome outcome = workers.call(spec, WorkersForTests.call(Payload.text("x")));
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return outcome.timing();
    }

    @Test
    void onlyAWorkerOnAGpuSeesItsDeviceFilesAndWhichItMayUse() throws IOException {
        Workers workers = WorkersForTests.in(data, Map.of("algomat.workers.fake-gpus", "1"));
        try {
            assertThat(workers.devices()).extracting(Device::name).contains("FAKE gpu:0");
            assertThat(called(workers, spec("on-gpu", "gpu")).device()).isEqualTo("FAKE gpu:0");
            Path gpu = started();
            assertThat(environment(gpu)).contains("CUDA_VISIBLE_DEVICES=FAKE-0");
            assertThat(gpu.resolve("root/dev/nvidia0")).exists();
            assertThat(gpu.resolve("root/dev/nvidiactl")).exists();

            assertThat(called(workers, spec("on-cpu", "cpu")).device()).isEqualTo("cpu");
            Path cpu = started();
            assertThat(cpu).isNotEqualTo(gpu);
            assertThat(environment(cpu)).noneMatch(each -> each.startsWith("CUDA"));
            assertThat(cpu.resolve("root/dev/nvidia0")).doesNotExist();
            assertThat(cpu.resolve("root/dev/nvidiactl")).doesNotExist();
        } finally {
            workers.stop();
        }
    }

    @Test
    void withoutAGpuAVersionThatWantsOneIsRefused() {
        // What this machine has is not the test's to choose, so the fleet is told that it has none.
        assertThatThrownBy(() -> new Devices(List.of(Device.processors(1L << 30))).admit(spec("on-gpu", "gpu")))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.DEVICE_UNAVAILABLE);
                    assertThat(problem.getMessage()).contains("runs on a GPU, and this machine has none");
                });
    }
}
