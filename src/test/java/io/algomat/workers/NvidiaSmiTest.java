package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaSmiTest {
    private static String said(String file) throws IOException {
        try (InputStream in = NvidiaSmiTest.class.getResourceAsStream("/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyGpuIsKnownByNameModelAndMemory() throws IOException {
        List<Device> devices = NvidiaSmi.devices(said("nvidia-smi-gpus.txt"));

        assertThat(devices).extracting(Device::name).containsExactly("gpu:0", "gpu:1", "gpu:2");
        assertThat(devices).allSatisfy(device -> assertThat(device.kind()).isEqualTo("gpu"));
        assertThat(devices.get(1).id()).isEqualTo("GPU-8f1a6c2e-77b1-4f7c-a3f0-0b7a4f1c9e52");
        assertThat(devices.get(1).bytes()).isEqualTo(23034L << 20);
        assertThat(devices.get(1).text()).isEqualTo("gpu:1 NVIDIA L4, 22.5 GiB");
        assertThat(devices).noneMatch(Device::fake);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that it runs.",
                "No devices were found",
                "0, GPU-1, Some GPU, [N/A]",
                "Unable to determine the device handle for GPU 0000:01:00.0: GPU is lost. Reboot the system."
            })
    void whatNamesNoGpuIsNone(String said) {
        assertThat(NvidiaSmi.devices(said)).isEmpty();
    }

    @Test
    void whatProcessesHoldIsSummedOverGpusAndTheUnknownLeftOut() throws IOException {
        assertThat(NvidiaSmi.byProcess(NvidiaSmi.held(said("nvidia-smi-processes.txt"))))
                .isEqualTo(Map.of(4711L, (1402L + 512L) << 20));
    }

    @Test
    void aDeviceFilesNumberIsTheDriversNotTheOrder() {
        String facts = "Model: \t\t NVIDIA L4\nGPU UUID: \t GPU-8f1a\nDevice Minor: \t 3\nGPU Excluded:\t No\n";

        assertThat(GpuAccess.fact(facts, "GPU UUID")).isEqualTo("GPU-8f1a");
        assertThat(GpuAccess.fact(facts, "Device Minor")).isEqualTo("3");
    }
}
