package io.algomat.workers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a sandbox (docs/sandbox.md). As root three programs prepare the way, each replacing itself by the
 * next, so that bubblewrap is the gateway's own child and dies with it: {@code unshare} takes a private view of the file
 * system; a few mounts show the worker's folders at a place that any user can reach, since a JDK or data folder below
 * {@code /root} is closed to an unprivileged one; {@code setpriv} gives root up. As an ordinary user bubblewrap is enough.
 */
final class SandboxCommand {
    /** Where a worker sees what it is given. */
    static final String JDK = "/jdk";

    static final String RUNNER = "/runner";
    static final String ARTIFACT = "/algo";
    static final String DEPENDENCIES = "/deps";
    static final String SOCKETS = "/gateway";

    /**
     * Argv only: no path becomes part of the script's text. Shows the folders and files that are named in pairs up to
     * {@code --}; they may lie below the place that they go to.
     */
    private static final String SHOW_MOUNTS = """
            set -e; view=$0; place=$1; shift
            mount -t tmpfs -o mode=755,size=64k view "$view"
            while [ "$1" != -- ]; do
              if [ -d "$2" ]; then mkdir "$view/$1"; else : > "$view/$1"; fi
              mount --bind "$2" "$view/$1"; shift 2
            done
            mount --rbind "$view" "$place"
            shift; exec "$@"
            """;

    /**
     * The first step, as the gateway's own user: the limits of every process, the control group (its entrances are named up
     * to {@code --}), and the descriptor that bubblewrap reads the filter of system calls from.
     */
    private static final String ENTER = """
            set -e; ulimit -c 0; ulimit -n "$1"; ulimit -f "$2"; shift 2
            if [ "$1" != - ]; then ulimit -d "$1"; ulimit -t "$2"; fi; shift 2
            while [ "$1" != -- ]; do echo $$ > "$1"; shift; done
            shift; exec 9< "$0"; exec "$@"
            """;

    /** All that a spawned program has in its environment. */
    static final String SPAWN_PATH = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final int NOBODY = 65534;
    private static final int SHM_BYTES = 16 << 20;

    /** The unit of a shell's limit on files; RLIMIT_DATA is in units of 1024. */
    private static final int FILE_BLOCK = 512;

    private final String bwrap;
    private final boolean root;
    private final @Nullable Path filter;

    /** @param filter the filter of system calls, for bubblewrap; null builds a sandbox that the self-test must refuse */
    SandboxCommand(String bwrap, boolean root, @Nullable Path filter) {
        this.bwrap = bwrap;
        this.root = root;
        this.filter = filter;
    }

    /** Whether bubblewrap is there at all, on the PATH that workers are spawned with or as the path that was given. */
    boolean installed() {
        return bwrap.contains("/")
                ? Files.isExecutable(Path.of(bwrap))
                : Stream.of(SPAWN_PATH.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, bwrap)));
    }

    /**
     * @param view an empty folder, for the mounts of a gateway that is root
     * @param uid the host user that the sandbox runs as, where the gateway is root
     */
    List<String> wrap(Cell cell, Path view, int uid, List<String> program) {
        List<String> command = entered(cell);
        if (root) {
            Path place = place();
            command.addAll(unprivileged(cell.mounts(), view, place, uid));
            command.addAll(inner(cell, moved(cell.mounts(), place)));
        } else {
            command.addAll(inner(cell, cell.mounts()));
        }
        command.add("--");
        command.addAll(program);
        return command;
    }

    /** Without control groups every process alone is bounded in memory and processor time, which is less. */
    private List<String> entered(Cell cell) {
        Limits limits = cell.limits();
        boolean bounded = !cell.entrances().isEmpty();
        List<String> command = new ArrayList<>(List.of("sh", "-c", ENTER));
        command.add(filter == null ? "/dev/null" : filter.toString());
        command.add(Integer.toString(limits.openFiles()));
        command.add(Long.toString(limits.temporaryBytes() / FILE_BLOCK));
        command.add(bounded ? "-" : Long.toString(limits.memoryBytes() >> 10));
        command.add(Long.toString(limits.cpu().toSeconds() + 1));
        cell.entrances().forEach(entrance -> command.add(entrance.toString()));
        command.add("--");
        if (!bounded && root) {
            // The sandbox's own host user: nobody else's processes are counted with its own.
            command.addAll(List.of("prlimit", "--nproc=" + limits.processes(), "--"));
        }
        return command;
    }

    private static List<Mount> moved(List<Mount> mounts, Path place) {
        List<Mount> moved = new ArrayList<>();
        for (Mount mount : mounts) {
            moved.add(mount.at(place.resolve(name(moved.size()))));
        }
        return moved;
    }

    private static String name(int position) {
        return "m" + position;
    }

    private static List<String> unprivileged(List<Mount> mounts, Path view, Path place, int uid) {
        String id = Integer.toString(uid);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--", "sh", "-c", SHOW_MOUNTS));
        command.add(view.toString());
        command.add(place.toString());
        for (int i = 0; i < mounts.size(); i++) {
            command.add(name(i));
            command.add(mounts.get(i).source().toString());
        }
        command.add("--");
        command.addAll(List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs", "--"));
        return command;
    }

    /** A folder of every Linux that programs have no need of; covered in the private view alone. */
    private static Path place() {
        return Stream.of("/mnt", "/media", "/srv")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("/mnt"));
    }

    private List<String> inner(Cell cell, List<Mount> mounts) {
        String nobody = Integer.toString(NOBODY);
        List<String> command = new ArrayList<>(List.of(
                bwrap,
                "--unshare-all",
                "--unshare-user",
                "--disable-userns",
                "--uid",
                nobody,
                "--gid",
                nobody,
                "--die-with-parent",
                "--new-session",
                "--clearenv",
                "--cap-drop",
                "ALL",
                "--hostname",
                "sandbox"));
        cell.environment().forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
        libraries(command);
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        command.addAll(List.of("--size", Integer.toString(SHM_BYTES), "--tmpfs", "/dev/shm"));
        command.addAll(List.of("--size", Long.toString(cell.limits().temporaryBytes()), "--tmpfs", "/tmp"));
        for (Mount mount : mounts) {
            command.addAll(List.of(mount.option(), mount.source().toString(), mount.target()));
        }
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/tmp"));
        if (filter != null) {
            command.addAll(List.of("--seccomp", "9"));
        }
        return command;
    }

    /** The C library's folders and no program; Debian's JDK also has its settings under /etc. */
    private static void libraries(List<String> command) {
        for (String folder : List.of(
                "/usr/lib/x86_64-linux-gnu",
                "/usr/lib/aarch64-linux-gnu",
                "/usr/lib/ld-linux-aarch64.so.1",
                "/usr/lib64",
                "/etc/ld.so.cache",
                "/etc/java-" + java.lang.Runtime.version().feature() + "-openjdk")) {
            if (Files.exists(Path.of(folder))) {
                bind(command, Path.of(folder), folder);
            }
        }
        for (String old : List.of("/lib", "/lib64")) {
            Path path = Path.of(old);
            if (Files.isSymbolicLink(path)) {
                command.addAll(List.of("--symlink", "usr" + old, old));
            } else if (Files.isDirectory(path)) {
                bind(command, path, old);
            }
        }
    }

    private static void bind(List<String> command, Path source, String target) {
        command.addAll(List.of("--ro-bind", source.toString(), target));
    }
}
