package io.algomat.platform.start;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this machine has to compute with. */
public record Machine(String processor, int cores, long memoryMib, long gpus) {
    private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

    public static Machine look() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                system.getTotalMemorySize() >> 20,
                gpuCount());
    }

    public String processors() {
        return "cpu (%d cores, %.1f GiB of memory)".formatted(cores, memoryMib / 1024.0);
    }

    public String devices() {
        return processors() + (gpus == 0 ? "; no GPU" : "; " + gpus + " GPU");
    }

    private static long gpuCount() {
        try (Stream<Path> found = Files.list(GPUS)) {
            return found.count();
        } catch (IOException _) {
            return 0;
        }
    }

    private static String processorName() {
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException _) {
            return System.getProperty("os.arch");
        }
    }
}
