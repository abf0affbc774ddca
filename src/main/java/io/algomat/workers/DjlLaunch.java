package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM with a DJL engine and a declared task. */
final class DjlLaunch implements RuntimeLaunch {
    private static final Map<String, String> ENVIRONMENT = Map.of("LANG", "C.UTF-8");

    private final Path jdk;
    private final int heapMb;
    private final PyTorchFiles pyTorch;
    private final AotCache cache;

    DjlLaunch(Path jdk, int heapMb, PyTorchFiles pyTorch, AotCache cache) {
        this.jdk = jdk;
        this.heapMb = heapMb;
        this.pyTorch = pyTorch;
        this.cache = cache;
    }

    @Override
    public Launch of(WorkerSpec spec, Places places) throws IOException, StartFailed {
        List<Mount> mounts = new ArrayList<>(List.of(Mount.readOnly(jdk, SandboxCommand.JDK)));
        List<String> command = jvm(places);
        String classPath = classPath(places);
        if (PyTorchFiles.wants(spec)) {
            Path host = pyTorch.folder();
            mounts.add(Mount.readOnly(host, PyTorchFiles.SEEN));
            String torch = places.of(host, PyTorchFiles.SEEN);
            command.addAll(PyTorchFiles.options(torch));
            classPath += ":" + torch + "/*";
        } else if (places.sandboxed() && cache.present()) {
            command.add(cache.option());
        }
        command.addAll(List.of("-cp", classPath, "io.algomat.runner.RunnerMain", places.socket()));
        return new Launch(mounts, ENVIRONMENT, command);
    }

    /** The run that fills the cache, in a sandbox. */
    Launch training() {
        Places places = new Places(true, SandboxCommand.RUNNER, SandboxCommand.ARTIFACT, null, "");
        List<String> command = jvm(places);
        command.add(cache.output());
        command.addAll(List.of("-cp", classPath(places), "io.algomat.runner.AheadOfTime", "/tmp"));
        return new Launch(List.of(Mount.readOnly(jdk, SandboxCommand.JDK)), ENVIRONMENT, command);
    }

    private static String classPath(Places places) {
        return places.runner() + "/algomat-runner.jar:" + places.runner() + "/lib/*";
    }

    private List<String> jvm(Places places) {
        String runner = places.runner();
        List<String> command = JavaLaunch.jvm(places.of(jdk, SandboxCommand.JDK), heapMb);
        command.addAll(List.of(
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                // Else DJL looks for a second engine with mathematics and loads the tokenizers' library for it.
                "-Dai.djl.onnx.disable_alternative=true",
                "-Donnxruntime.native.path=" + runner + "/native",
                "-DRUST_LIBRARY_PATH=" + runner + "/native/libtokenizers.so"));
        return command;
    }
}
