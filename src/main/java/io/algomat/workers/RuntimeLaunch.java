package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a worker of one runtime is started. */
interface RuntimeLaunch {
    /**
     * @throws StartFailed when this machine has no such interpreter or engine, with what can be done about it
     * @throws IOException when the host's files cannot be read
     */
    Launch of(WorkerSpec spec, Places places) throws IOException, StartFailed;

    /**
     * What it takes beside the bundle, its dependencies, the runner and the sockets, which every worker gets.
     *
     * @param mounts what the sandbox has to show; they count for nothing outside of one
     * @param command the program and its arguments, the socket's path the last of them
     */
    record Launch(List<Mount> mounts, Map<String, String> environment, List<String> command) {}

    /**
     * Where the process sees what it is given: at the fixed places of a sandbox, or where it lies on the host.
     *
     * @param dependencies what the build made of the bundle; null where there was nothing to build
     * @param socket the path that the worker connects to
     */
    record Places(
            boolean sandboxed,
            String runner,
            String artifact,
            @Nullable String dependencies,
            String socket) {
        static Places inside(WorkerSpec spec) {
            return new Places(
                    true,
                    SandboxCommand.RUNNER,
                    SandboxCommand.ARTIFACT,
                    spec.dependencies() == null ? null : SandboxCommand.DEPENDENCIES,
                    SandboxCommand.SOCKETS + "/s");
        }

        static Places outside(WorkerSpec spec, Path runner, Path sockets) {
            Path dependencies = spec.dependencies();
            return new Places(
                    false,
                    runner.toString(),
                    spec.artifact().toAbsolutePath().toString(),
                    dependencies == null ? null : dependencies.toAbsolutePath().toString(),
                    sockets.resolve("s").toString());
        }

        /** A file or folder of the host as the process sees it. */
        String of(Path host, String inside) {
            return sandboxed ? inside : host.toString();
        }
    }
}
