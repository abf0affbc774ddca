package io.algomat.workers;

import io.algomat.platform.PlatformConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** Builds in real sandboxes without a gateway around them. */
final class BuildsForTests implements AutoCloseable {
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final Path bundle;
    final Path result;
    private final Workers workers;
    final BuildsConfig config;
    private final RunBuild build;

    BuildsForTests(Path folder, Map<String, String> settings) throws IOException {
        bundle = Files.createDirectories(folder.resolve("bundle"));
        result = Files.createDirectories(folder.resolve("result"));
        Path data = folder.resolve("data");
        SmallRyeConfig read = new SmallRyeConfigBuilder()
                .withMapping(BuildsConfig.class)
                .withMapping(PlatformConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(settings)
                .withDefaultValue("algomat.data", data.toString())
                .build();
        config = read.getConfigMapping(BuildsConfig.class);
        workers = WorkersForTests.in(data, Map.of());
        build = new RunBuild(workers, config, read.getConfigMapping(PlatformConfig.class));
    }

    BuildsForTests with(String file, String text) throws IOException {
        Path path = bundle.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    void run(Runtime runtime, Map<String, String> options) throws Exception {
        build.run(new RunBuild.Job(runtime, options, bundle, result), log::add);
    }

    boolean needed(Runtime runtime) throws BuildFailed {
        return build.needed(runtime, bundle);
    }

    /** Any program of Python's, as a package's setup could run it. */
    void attack(String program, Set<String> hosts) throws Exception {
        PythonHome python = PythonHome.find(null);
        build.run(
                bundle,
                result,
                (folders, jdk) -> List.of(new BuildStep(
                        "Installing",
                        List.of(python.seen(), "-B", "-c", program),
                        python.mounts(),
                        python.environment(),
                        hosts)),
                log::add);
    }

    /** Says in one line that the index cannot be reached, and passes the test over. */
    static void assumeReachable(Set<String> hosts) {
        String host = hosts.iterator().next();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.split(":")[0], Integer.parseInt(host.split(":")[1])), 5000);
        } catch (IOException e) {
            Assumptions.abort("The package index cannot be reached from here, so that nothing is installed");
        }
    }

    @Override
    public void close() {
        workers.stop();
    }
}
