package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Python code of a publisher, run by our program. */
final class PythonLaunch implements RuntimeLaunch {
    /** One worker computes on one thread: as many workers as processors run beside each other. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LANG",
            "C.UTF-8",
            "HOME",
            "/tmp",
            "OMP_NUM_THREADS",
            "1",
            "OPENBLAS_NUM_THREADS",
            "1",
            "MKL_NUM_THREADS",
            "1");

    private final Path runner;
    private final Set<Path> compiled = new HashSet<>();

    /** @param runner the staged runner's folder on the host */
    PythonLaunch(Path runner) {
        this.runner = runner;
    }

    @Override
    public Launch of(WorkerSpec spec, Places places) throws IOException, StartFailed {
        PythonHome python;
        try {
            python = PythonHome.of(spec.options(), spec.dependencies());
        } catch (MissingRuntime e) {
            throw e.start();
        }
        compile(python.program());
        Map<String, String> environment = new HashMap<>(ENVIRONMENT);
        if (places.sandboxed()) {
            environment.putAll(python.environment());
        }
        List<String> command = new ArrayList<>(List.of(
                places.of(python.program(), python.seen()),
                // Nothing of the environment, nothing of the site's packages, no file written beside a source.
                "-I",
                "-S",
                "-B",
                "-X",
                "utf8",
                places.runner() + "/python/main.py"));
        if (places.dependencies() != null) {
            command.add(places.dependencies());
        }
        command.add(places.socket());
        return new Launch(python.mounts(), environment, command);
    }

    /** Once for each interpreter: to compile our program takes longer than all else of a worker's start. */
    private synchronized void compile(Path python) throws IOException {
        if (compiled.contains(python)) {
            return;
        }
        try {
            String folder = runner.resolve("python").toString();
            HostProgram.ask(
                    runner,
                    List.of(
                            python.toString(),
                            "-I",
                            "-m",
                            "compileall",
                            "-q",
                            "--invalidation-mode",
                            "unchecked-hash",
                            folder));
        } catch (BuildFailed e) {
            throw new IOException(e.reason());
        }
        OpenFiles.under(runner.resolve("python"));
        compiled.add(python);
    }
}
