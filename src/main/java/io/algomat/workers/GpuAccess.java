package io.algomat.workers;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of the host a worker on a GPU sees, and no other: the files of this one device and the driver's libraries.
 *
 * @param environment which GPU CUDA may use
 */
record GpuAccess(List<Mount> mounts, Map<String, String> environment) {
    private static final GpuAccess NONE = new GpuAccess(List.of(), Map.of());
    private static final Path KNOWN = Path.of("/proc/driver/nvidia/gpus");
    /** Of all GPUs together: without them CUDA does not begin. */
    private static final List<String> SHARED = List.of("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools");
    /** Where drivers lie that are not among the C library's folders, which every worker sees. */
    private static final List<String> LIBRARIES =
            List.of("/usr/local/nvidia/lib64", "/usr/local/nvidia/lib", "/usr/lib/nvidia", "/usr/lib/wsl/lib");

    static GpuAccess of(Device device) {
        if (device.kind().equals(Device.CPU)) {
            return NONE;
        }
        return device.fake() ? fake(device) : real(device);
    }

    private static GpuAccess real(Device device) {
        List<Mount> mounts = new ArrayList<>();
        Stream.concat(Stream.of("/dev/nvidia" + minor(device)), SHARED.stream())
                .map(Path::of)
                .filter(Files::exists)
                .forEach(file -> mounts.add(Mount.device(file, file.toString())));
        List<Path> folders =
                LIBRARIES.stream().map(Path::of).filter(Files::isDirectory).toList();
        folders.forEach(folder -> mounts.add(Mount.readOnly(folder, folder.toString())));
        String libraries = folders.stream().map(Path::toString).collect(Collectors.joining(":"));
        Map<String, String> visible = Map.of("CUDA_VISIBLE_DEVICES", device.id());
        return new GpuAccess(
                mounts,
                libraries.isEmpty()
                        ? visible
                        : Map.of("CUDA_VISIBLE_DEVICES", device.id(), "LD_LIBRARY_PATH", libraries));
    }

    /** Nothing computes behind it, but the way into the sandbox is that of a real one. */
    private static GpuAccess fake(Device device) {
        String number = device.name().substring(device.name().indexOf(':') + 1);
        return new GpuAccess(
                List.of(
                        Mount.device(Path.of("/dev/null"), "/dev/nvidia" + number),
                        Mount.device(Path.of("/dev/null"), "/dev/nvidiactl")),
                Map.of("CUDA_VISIBLE_DEVICES", device.id()));
    }

    /** A device file's number is not always the driver's: a container may be given the fourth of a machine as its first. */
    private static String minor(Device device) {
        try (DirectoryStream<Path> known = Files.newDirectoryStream(KNOWN)) {
            for (Path gpu : known) {
                String facts = Files.readString(gpu.resolve("information"));
                if (fact(facts, "GPU UUID").equals(device.id())) {
                    return fact(facts, "Device Minor");
                }
            }
        } catch (IOException e) {
            // Some containers do not show it; then the order is all there is.
        }
        return device.name().substring(device.name().indexOf(':') + 1);
    }

    /** @param facts lines such as {@code Device Minor: 	 0} */
    static String fact(String facts, String name) {
        return facts.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
