package io.algomat.workers;

import io.algomat.workers.RuntimeLaunch.Launch;
import io.algomat.workers.RuntimeLaunch.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of a worker, in a sandbox or, where there is none, plainly for the site's own algorithms. */
final class LaunchCommand {
    private final Map<Runtime, RuntimeLaunch> launches;
    private final Path runner;
    private final @Nullable SandboxCommand sandbox;
    private final HostUsers users;
    private final Devices devices;

    LaunchCommand(
            Map<Runtime, RuntimeLaunch> launches,
            Path runner,
            @Nullable SandboxCommand sandbox,
            HostUsers users,
            Devices devices) {
        this.launches = launches;
        this.runner = runner;
        this.sandbox = sandbox;
        this.users = users;
        this.devices = devices;
    }

    List<String> of(WorkerSpec spec, Path sockets, ControlGroup group) throws IOException, StartFailed {
        GpuAccess gpu = GpuAccess.of(devices.named(spec.device()));
        if (sandbox == null) {
            return plain(gpu, launch(spec, Places.outside(spec, runner, sockets)));
        }
        Launch launch = launch(spec, Places.inside(spec));
        List<Mount> mounts = new ArrayList<>(List.of(
                Mount.readOnly(runner, SandboxCommand.RUNNER),
                Mount.readOnly(readable(spec.artifact()), SandboxCommand.ARTIFACT),
                Mount.readOnly(sockets, SandboxCommand.SOCKETS)));
        Path dependencies = spec.dependencies();
        if (dependencies != null) {
            mounts.add(Mount.readOnly(readable(dependencies), SandboxCommand.DEPENDENCIES));
        }
        mounts.addAll(launch.mounts());
        mounts.addAll(gpu.mounts());
        Map<String, String> environment = new HashMap<>(gpu.environment());
        // Both may bring libraries of their own; no other name is set twice.
        launch.environment()
                .forEach((name, value) -> environment.merge(name, value, (one, other) -> one + ":" + other));
        return sandbox.wrap(
                new Cell(mounts, environment, spec.limits(), group.entrances()),
                runner.resolve(RunnerFiles.VIEW),
                users.next(),
                launch.command());
    }

    boolean sandboxed() {
        return sandbox != null;
    }

    String artifactSeenBy(WorkerSpec spec) {
        return sandbox == null ? spec.artifact().toAbsolutePath().toString() : SandboxCommand.ARTIFACT;
    }

    private Launch launch(WorkerSpec spec, Places places) throws IOException, StartFailed {
        RuntimeLaunch launch = launches.get(spec.runtime());
        if (launch == null) {
            throw StartFailed.loading(
                    "there is no worker of runtime " + spec.runtime().wire(), "", "");
        }
        return launch.of(spec, places);
    }

    /** A worker's environment is its own even where it has no sandbox. */
    private static List<String> plain(GpuAccess gpu, Launch launch) {
        List<String> command = new ArrayList<>(List.of("env"));
        gpu.environment().forEach((name, value) -> command.add(name + "=" + value));
        launch.environment().forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(launch.command());
        return command;
    }

    private static Path readable(Path folder) throws IOException {
        if (HostUsers.root()) {
            OpenFiles.under(folder);
        }
        return folder.toAbsolutePath();
    }
}
