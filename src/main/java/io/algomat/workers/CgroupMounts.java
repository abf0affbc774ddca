package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the kernel shows cgroups, and where in them this process is. */
final class CgroupMounts {
    /** A hierarchy: v2 where {@code controllers} is empty. */
    private record Hierarchy(List<String> controllers, String root, Path folder) {}

    private final List<Hierarchy> hierarchies = new ArrayList<>();
    private final List<String> own;

    /**
     * @param mountinfo lines of /proc/self/mountinfo
     * @param own lines of /proc/self/cgroup, {@code number:controllers:path}
     */
    CgroupMounts(List<String> mountinfo, List<String> own) {
        this.own = own;
        for (String line : mountinfo) {
            String[] halves = line.split(" - ", 2);
            String[] place = halves[0].split(" ");
            String[] kind = halves[halves.length - 1].split(" ");
            boolean second = kind[0].equals("cgroup2");
            if (second || kind[0].equals("cgroup")) {
                List<String> controllers = second ? List.of() : Arrays.asList(kind[kind.length - 1].split(","));
                hierarchies.add(new Hierarchy(controllers, place[3], Path.of(place[4])));
            }
        }
    }

    static CgroupMounts ofThisProcess() throws IOException {
        return new CgroupMounts(
                Files.readAllLines(Path.of("/proc/self/mountinfo")), Files.readAllLines(Path.of("/proc/self/cgroup")));
    }

    /** This process's own folder in the hierarchy of a v1 controller; null where it is not mounted. */
    @Nullable
    Path first(String controller) {
        return folder(hierarchy -> hierarchy.controllers().contains(controller), controller);
    }

    /** This process's own folder in the v2 hierarchy; null where it is not mounted. */
    @Nullable
    Path second() {
        return folder(hierarchy -> hierarchy.controllers().isEmpty(), "");
    }

    private @Nullable Path folder(java.util.function.Predicate<Hierarchy> wanted, String controller) {
        for (Hierarchy hierarchy : hierarchies) {
            if (wanted.test(hierarchy)) {
                return below(hierarchy, path(controller));
            }
        }
        return null;
    }

    private String path(String controller) {
        for (String line : own) {
            String[] parts = line.split(":", 3);
            boolean match = controller.isEmpty()
                    ? parts[0].equals("0")
                    : Arrays.asList(parts[1].split(",")).contains(controller);
            if (match) {
                return parts[2];
            }
        }
        return "/";
    }

    /** A container often shows its own part of the tree only, as if it were the whole. */
    private static Path below(Hierarchy hierarchy, String path) {
        String rest = path.startsWith(hierarchy.root())
                ? path.substring(hierarchy.root().length())
                : "";
        Path folder = hierarchy.folder().resolve(rest.replaceFirst("^/+", ""));
        return Files.isDirectory(folder) ? folder : hierarchy.folder();
    }
}
