package io.algomat.workers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
    static final String SOCKETS = "/gateway";

    /** Argv only: no path becomes part of the script's text. The folders may lie below the place that they go to. */
    private static final String SHOW_FOLDERS = """
            set -e; view=$0; place=$1
            mount -t tmpfs -o mode=755,size=64k view "$view"
            mkdir "$view/jdk" "$view/runner" "$view/algo" "$view/gateway"
            mount --bind "$2" "$view/jdk"; mount --bind "$3" "$view/runner"
            mount --bind "$4" "$view/algo"; mount --bind "$5" "$view/gateway"
            mount --rbind "$view" "$place"
            shift 5; exec "$@"
            """;

    /** All that a spawned program has in its environment. */
    static final String SPAWN_PATH = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final int NOBODY = 65534;
    private static final int TMP_BYTES = 256 << 20;
    private static final int SHM_BYTES = 16 << 20;

    private final String bwrap;
    private final boolean root;

    SandboxCommand(String bwrap, boolean root) {
        this.bwrap = bwrap;
        this.root = root;
    }

    /** Whether bubblewrap is there at all, on the PATH that workers are spawned with or as the path that was given. */
    boolean installed() {
        return bwrap.contains("/")
                ? Files.isExecutable(Path.of(bwrap))
                : Stream.of(SPAWN_PATH.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, bwrap)));
    }

    /** The folders on the host behind {@link #JDK}, {@link #RUNNER}, {@link #ARTIFACT} and {@link #SOCKETS}. */
    record Folders(Path jdk, Path runner, Path artifact, Path sockets) {}

    /** @param uid the host user that the sandbox runs as, where the gateway is root */
    List<String> wrap(Folders folders, int uid, List<String> program) {
        List<String> command = new ArrayList<>();
        if (root) {
            Path place = place();
            command.addAll(unprivileged(folders, place, uid));
            command.addAll(inner(new Folders(
                    place.resolve("jdk"), place.resolve("runner"), place.resolve("algo"), place.resolve("gateway"))));
        } else {
            command.addAll(inner(folders));
        }
        command.add("--");
        command.addAll(program);
        return command;
    }

    private static List<String> unprivileged(Folders folders, Path place, int uid) {
        String id = Integer.toString(uid);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--", "sh", "-c", SHOW_FOLDERS));
        command.add(folders.runner().resolve(RunnerFiles.VIEW).toString());
        for (Path path : List.of(place, folders.jdk(), folders.runner(), folders.artifact(), folders.sockets())) {
            command.add(path.toString());
        }
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

    private List<String> inner(Folders folders) {
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
                "--setenv",
                "LANG",
                "C.UTF-8",
                "--cap-drop",
                "ALL",
                "--hostname",
                "sandbox"));
        libraries(command);
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        command.addAll(List.of("--size", Integer.toString(SHM_BYTES), "--tmpfs", "/dev/shm"));
        command.addAll(List.of("--size", Integer.toString(TMP_BYTES), "--tmpfs", "/tmp"));
        bind(command, folders.jdk(), JDK);
        bind(command, folders.runner(), RUNNER);
        bind(command, folders.artifact(), ARTIFACT);
        bind(command, folders.sockets(), SOCKETS);
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/tmp"));
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
