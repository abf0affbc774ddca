package io.algomat.workers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a sandbox (docs/sandbox.md). Two bubblewraps where the gateway is root: the outer one only shows
 * the folders that a worker needs at paths that any user can reach, since a JDK or data folder below {@code /root} is
 * closed to the unprivileged user; then {@code setpriv} gives root up, and the inner one builds the sandbox. As an
 * ordinary user the inner one is enough.
 */
final class SandboxCommand {
    /** Where a worker sees what it is given. */
    static final String JDK = "/jdk";

    static final String RUNNER = "/runner";
    static final String ARTIFACT = "/algo";
    static final String SOCKETS = "/gateway";

    private static final int NOBODY = 65534;
    private static final int TMP_BYTES = 256 << 20;
    private static final int SHM_BYTES = 16 << 20;

    private final String bwrap;
    private final boolean root;

    SandboxCommand(String bwrap, boolean root) {
        this.bwrap = bwrap;
        this.root = root;
    }

    /** The folders on the host behind {@link #JDK}, {@link #RUNNER}, {@link #ARTIFACT} and {@link #SOCKETS}. */
    record Folders(Path jdk, Path runner, Path artifact, Path sockets) {}

    /** @param uid the host user that the sandbox runs as, where the gateway is root */
    List<String> wrap(Folders folders, int uid, List<String> program) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(outer(folders, uid));
            command.addAll(inner(new Folders(
                    Path.of("/tmp/jdk"), Path.of("/tmp/runner"), Path.of("/tmp/algo"), Path.of("/tmp/gateway"))));
        } else {
            command.addAll(inner(folders));
        }
        command.add("--");
        command.addAll(program);
        return command;
    }

    private List<String> outer(Folders folders, int uid) {
        String id = Integer.toString(uid);
        List<String> command = new ArrayList<>(List.of(
                bwrap, "--die-with-parent", "--dev-bind", "/", "/", "--tmpfs", "/tmp", "--cap-add", "CAP_SETUID",
                "--cap-add", "CAP_SETGID"));
        bind(command, folders.jdk(), "/tmp/jdk");
        bind(command, folders.runner(), "/tmp/runner");
        bind(command, folders.artifact(), "/tmp/algo");
        bind(command, folders.sockets(), "/tmp/gateway");
        command.addAll(List.of(
                "--", "setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--no-new-privs", "--pdeathsig",
                "KILL", "--"));
        return command;
    }

    private List<String> inner(Folders folders) {
        String nobody = Integer.toString(NOBODY);
        List<String> command = new ArrayList<>(List.of(
                bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--uid", nobody, "--gid", nobody,
                "--die-with-parent", "--new-session", "--clearenv", "--setenv", "LANG", "C.UTF-8", "--cap-drop", "ALL",
                "--hostname", "sandbox"));
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
