package io.algomat.workers;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this machine's workers may compute on; looked up once. */
final class Devices {
    private static final long FAKE_BYTES = 4L << 30;

    private final List<Device> all;

    Devices(List<Device> all) {
        this.all = List.copyOf(all);
    }

    static Devices ofThisMachine(WorkersConfig config, NvidiaSmi nvidia) {
        List<Device> found = new ArrayList<>();
        found.add(Device.processors(config.memoryMb() > 0 ? config.memoryMb() << 20 : machineBytes() / 2));
        found.addAll(nvidia.gpus());
        for (int i = 0; i < config.fakeGpus(); i++) {
            found.add(Device.fake(i, FAKE_BYTES));
        }
        return new Devices(found);
    }

    List<Device> all() {
        return all;
    }

    /** What the workers of each may take together, by name. */
    Map<String, Long> bytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        all.forEach(device -> bytes.put(device.name(), device.bytes()));
        return bytes;
    }

    boolean has(String kind) {
        return all.stream().anyMatch(device -> device.kind().equals(kind));
    }

    Device named(String name) {
        return all.stream()
                .filter(device -> device.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no device " + name));
    }

    /** @throws Problem device-unavailable when this machine has none of the kind that it asks for */
    void admit(WorkerSpec spec) {
        if (!has(spec.device())) {
            throw Problem.of(
                    ErrorCode.DEVICE_UNAVAILABLE,
                    "This algorithm runs on a GPU, and this machine has none (nvidia-smi names none)");
        }
    }

    private static long machineBytes() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : java.lang.Runtime.getRuntime().maxMemory();
    }
}
