package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of a worker, in a sandbox or, where there is none, plainly for the site's own algorithms. */
final class LaunchCommand {
    private final Path jdk;
    private final Path runner;
    private final int heapMb;
    private final @Nullable SandboxCommand sandbox;
    private final HostUsers users;
    private final PyTorchFiles pyTorch;
    private final Devices devices;

    LaunchCommand(
            Path jdk,
            Path runner,
            int heapMb,
            @Nullable SandboxCommand sandbox,
            HostUsers users,
            PyTorchFiles pyTorch,
            Devices devices) {
        this.jdk = jdk;
        this.runner = runner;
        this.heapMb = heapMb;
        this.sandbox = sandbox;
        this.users = users;
        this.pyTorch = pyTorch;
        this.devices = devices;
    }

    List<String> of(WorkerSpec spec, Path sockets, ControlGroup group) throws IOException, StartFailed {
        Path torch = PyTorchFiles.wants(spec) ? pyTorch.folder() : null;
        GpuAccess gpu = GpuAccess.of(devices.named(spec.device()));
        if (sandbox == null) {
            return plainly(
                    gpu,
                    java(
                            jdk.toString(),
                            runner.toString(),
                            sockets.toString(),
                            torch == null ? null : torch.toString()));
        }
        if (HostUsers.root()) {
            OpenFiles.under(spec.artifact());
        }
        List<Mount> mounts = new ArrayList<>(List.of(
                Mount.readOnly(jdk, SandboxCommand.JDK),
                Mount.readOnly(runner, SandboxCommand.RUNNER),
                Mount.readOnly(spec.artifact().toAbsolutePath(), SandboxCommand.ARTIFACT),
                Mount.readOnly(sockets, SandboxCommand.SOCKETS)));
        if (torch != null) {
            mounts.add(Mount.readOnly(torch, PyTorchFiles.SEEN));
        }
        mounts.addAll(gpu.mounts());
        Map<String, String> environment = new HashMap<>(gpu.environment());
        environment.put("LANG", "C.UTF-8");
        return sandbox.wrap(
                new Cell(mounts, environment, spec.limits(), group.entrances()),
                runner.resolve(RunnerFiles.VIEW),
                users.next(),
                java(
                        SandboxCommand.JDK,
                        SandboxCommand.RUNNER,
                        SandboxCommand.SOCKETS,
                        torch == null ? null : PyTorchFiles.SEEN));
    }

    private static List<String> plainly(GpuAccess gpu, List<String> program) {
        List<String> command = new ArrayList<>();
        if (!gpu.environment().isEmpty()) {
            command.add("env");
            gpu.environment().forEach((name, value) -> command.add(name + "=" + value));
        }
        command.addAll(program);
        return command;
    }

    boolean sandboxed() {
        return sandbox != null;
    }

    String artifactSeenBy(WorkerSpec spec) {
        return sandbox == null ? spec.artifact().toAbsolutePath().toString() : SandboxCommand.ARTIFACT;
    }

    private List<String> java(String jdk, String runner, String sockets, @Nullable String torch) {
        List<String> command = new ArrayList<>();
        command.add(jdk + "/bin/java");
        // Short-lived compiled code and one thread: the small compiler and collector start fastest.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Xshare:auto"));
        command.addAll(List.of("-Xms16m", "-Xmx" + heapMb + "m"));
        command.addAll(List.of("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                // Else DJL looks for a second engine with mathematics and loads the tokenizers' library for it.
                "-Dai.djl.onnx.disable_alternative=true",
                "-Donnxruntime.native.path=" + runner + "/native",
                "-DRUST_LIBRARY_PATH=" + runner + "/native/libtokenizers.so"));
        if (torch != null) {
            command.addAll(PyTorchFiles.options(torch));
        }
        String libraries = runner + "/algomat-runner.jar:" + runner + "/lib/*";
        command.addAll(List.of("-cp", torch == null ? libraries : libraries + ":" + torch + "/*"));
        command.addAll(List.of("io.algomat.runner.RunnerMain", sockets + "/s"));
        return command;
    }
}
