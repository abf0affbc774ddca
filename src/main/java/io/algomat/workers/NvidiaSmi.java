package io.algomat.workers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What NVIDIA's driver tells of its GPUs, through the program that comes with it. Without it there are none. */
final class NvidiaSmi {
    private static final Logger LOG = Logger.getLogger(NvidiaSmi.class);
    private static final List<String> GPUS =
            List.of("--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits");
    private static final List<String> PROCESSES =
            List.of("--query-compute-apps=gpu_uuid,pid,used_memory", "--format=csv,noheader,nounits");

    /** What one process holds of one GPU. */
    record Held(String gpu, long pid, long bytes) {}

    private final @Nullable Path program;

    private NvidiaSmi(@Nullable Path program) {
        this.program = program;
    }

    static NvidiaSmi ofThisMachine() {
        Optional<Path> found = HostProgram.find("nvidia-smi");
        return new NvidiaSmi(found.orElse(null));
    }

    /** In the driver's order, from 0 on. */
    List<Device> gpus() {
        return devices(ask(GPUS));
    }

    /** What each process of this machine holds of each GPU; nothing where the driver does not tell. */
    List<Held> held() {
        return held(ask(PROCESSES));
    }

    private String ask(List<String> question) {
        if (program == null) {
            return "";
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(question);
        try {
            return HostProgram.ask(Path.of("/"), command);
        } catch (BuildFailed e) {
            // Images often carry the program to machines without a driver.
            LOG.debugf("No GPU: %s", e.getMessage());
            return "";
        }
    }

    /** @param said {@code 0, GPU-5f1a…, NVIDIA L4, 23034}, a line for each, memory in MiB */
    static List<Device> devices(String said) {
        List<Device> found = new ArrayList<>();
        for (String line : said.lines().toList()) {
            String[] parts = line.split(",", -1);
            Optional<Long> memory = number(parts[parts.length - 1]);
            if (parts.length >= 4 && number(parts[0]).isPresent() && memory.isPresent()) {
                // A product's name may have commas of its own.
                String model = String.join(",", List.of(parts).subList(2, parts.length - 1))
                        .strip();
                int index = number(parts[0]).orElseThrow().intValue();
                found.add(Device.gpu(index, parts[1].strip(), model, memory.get() << 20));
            }
        }
        return found;
    }

    /** @param said {@code GPU-5f1a…, 4711, 1234}, a line for each, memory in MiB or {@code [N/A]} */
    static List<Held> held(String said) {
        List<Held> found = new ArrayList<>();
        for (String line : said.lines().toList()) {
            String[] parts = line.split(",", -1);
            if (parts.length == 3) {
                Optional<Long> pid = number(parts[1]);
                Optional<Long> memory = number(parts[2]);
                if (pid.isPresent() && memory.isPresent()) {
                    found.add(new Held(parts[0].strip(), pid.get(), memory.get() << 20));
                }
            }
        }
        return found;
    }

    /** What it is told of several processes together, by process. */
    static Map<Long, Long> byProcess(List<Held> held) {
        Map<Long, Long> bytes = new HashMap<>();
        held.forEach(each -> bytes.merge(each.pid(), each.bytes(), Long::sum));
        return bytes;
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
