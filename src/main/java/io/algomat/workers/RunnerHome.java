package io.algomat.workers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every worker runs on: the JDK and the staged runner, prepared when they are first wanted. */
final class RunnerHome {
    private final WorkersConfig config;
    private final Path data;
    private @Nullable Path staged;

    RunnerHome(WorkersConfig config, Path data) {
        this.config = config;
        this.data = data;
    }

    /** @throws UncheckedIOException when there is no such JDK */
    Path jdk() {
        try {
            return config.javaHome()
                    .orElse(Path.of(System.getProperty("java.home")))
                    .toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("algomat.workers.java-home names no folder", e);
        }
    }

    AotCache cache() {
        return new AotCache(jdk(), runner());
    }

    DjlLaunch djl() {
        PyTorchFiles pyTorch = new PyTorchFiles(config.runner(), data.resolve("pytorch"));
        return new DjlLaunch(jdk(), config.heapMb(), pyTorch, cache());
    }

    /** How workers of each runtime are started. */
    Map<Runtime, RuntimeLaunch> launches() {
        return Map.of(
                Runtime.DJL,
                djl(),
                Runtime.PYTHON,
                new PythonLaunch(runner()),
                Runtime.NODE,
                new NodeLaunch(),
                Runtime.JAVA,
                new JavaLaunch(jdk()));
    }

    /** @throws UncheckedIOException when the runner was not built, or the data folder cannot take it */
    synchronized Path runner() {
        Path present = staged;
        if (present == null) {
            try {
                present = RunnerFiles.stage(config.runner(), data.resolve("runner"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            staged = present;
        }
        return present;
    }
}
