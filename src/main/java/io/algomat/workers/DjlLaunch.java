package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A JVM with a DJL engine and a declared task. */
final class DjlLaunch implements RuntimeLaunch {
    private final Path jdk;
    private final int heapMb;
    private final PyTorchFiles pyTorch;

    DjlLaunch(Path jdk, int heapMb, PyTorchFiles pyTorch) {
        this.jdk = jdk;
        this.heapMb = heapMb;
        this.pyTorch = pyTorch;
    }

    @Override
    public Launch of(WorkerSpec spec, Places places) throws IOException, StartFailed {
        List<Mount> mounts = new ArrayList<>(List.of(Mount.readOnly(jdk, SandboxCommand.JDK)));
        String runner = places.runner();
        List<String> command = JavaLaunch.jvm(places.of(jdk, SandboxCommand.JDK), heapMb);
        command.addAll(List.of(
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                // Else DJL looks for a second engine with mathematics and loads the tokenizers' library for it.
                "-Dai.djl.onnx.disable_alternative=true",
                "-Donnxruntime.native.path=" + runner + "/native",
                "-DRUST_LIBRARY_PATH=" + runner + "/native/libtokenizers.so"));
        String classPath = runner + "/algomat-runner.jar:" + runner + "/lib/*";
        if (PyTorchFiles.wants(spec)) {
            Path host = pyTorch.folder();
            mounts.add(Mount.readOnly(host, PyTorchFiles.SEEN));
            String torch = places.of(host, PyTorchFiles.SEEN);
            command.addAll(PyTorchFiles.options(torch));
            classPath += ":" + torch + "/*";
        }
        command.addAll(List.of("-cp", classPath, "io.algomat.runner.RunnerMain", places.socket()));
        return new Launch(mounts, Map.of("LANG", "C.UTF-8"), command);
    }
}
