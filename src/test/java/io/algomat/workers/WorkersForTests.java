package io.algomat.workers;

import io.algomat.platform.Payload;
import io.algomat.platform.PlatformConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Real workers without a gateway around them. */
final class WorkersForTests {
    static final Path SAMPLES = Path.of("target/samples");

    private WorkersForTests() {}

    static Workers in(Path data, Map<String, String> settings) {
        SmallRyeConfig config = read(data, settings);
        return new Workers(config.getConfigMapping(WorkersConfig.class), config.getConfigMapping(PlatformConfig.class));
    }

    static WorkersConfig config(Path data, Map<String, String> settings) {
        return read(data, settings).getConfigMapping(WorkersConfig.class);
    }

    private static SmallRyeConfig read(Path data, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(WorkersConfig.class)
                .withMapping(PlatformConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(settings)
                .withDefaultValue("algomat.data", data.toString())
                // A test that counts processes knows which they are; where it does not ask for more, there are no more.
                .withDefaultValue(
                        "algomat.workers.aot-cache", settings.getOrDefault("algomat.workers.aot-cache", "false"))
                .withDefaultValue("algomat.workers.spares", settings.getOrDefault("algomat.workers.spares", "0"))
                .build();
    }

    static WorkerSpec spec(String pool, String task, Map<String, String> options, Path artifact) {
        return djl(pool, task, options, artifact, 256L << 20, false, true);
    }

    static WorkerSpec djl(
            String pool,
            String task,
            Map<String, String> options,
            Path artifact,
            long memoryBytes,
            boolean trusted,
            boolean retrySafe) {
        return new WorkerSpec(
                pool,
                Runtime.DJL,
                task,
                options,
                artifact,
                null,
                "cpu",
                Reuse.SHARED,
                Limits.of(memoryBytes),
                trusted,
                retrySafe);
    }

    static WorkerCall call(Payload input) {
        return call(input, 30_000);
    }

    static WorkerCall call(Payload input, int millis) {
        UUID id = io.algomat.platform.Ids.newCallId(Clock.systemUTC());
        return new WorkerCall(
                id,
                1,
                input,
                System.nanoTime() + millis * 1_000_000L,
                32 << 20,
                new CompletableFuture<>(),
                CallOut.NONE);
    }
}
