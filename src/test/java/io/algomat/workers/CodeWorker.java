package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Ids;
import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A publisher's code in real sandboxed workers. */
final class CodeWorker implements AutoCloseable {
    private final Workers workers;
    private final Runtime runtime;
    private final Path bundle;

    @Nullable
    Path dependencies;

    CodeWorker(Path folder, Runtime runtime) throws IOException {
        this.workers = WorkersForTests.in(folder.resolve("data"), Map.of());
        this.runtime = runtime;
        this.bundle = Files.createDirectories(folder.resolve("bundle"));
    }

    CodeWorker with(String file, String text) throws IOException {
        Path path = bundle.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    WorkerOutcome call(String entry, Payload input, long caller, CallOut out, CompletableFuture<Void> cancelled) {
        return workers.call(spec(entry), call(input, caller, cancelled, out, 30_000));
    }

    WorkerOutcome call(String entry, Payload input, long caller, CallOut out) {
        return call(entry, input, caller, out, new CompletableFuture<>());
    }

    /** @param millis all the time that it has */
    WorkerOutcome call(String entry, Payload input, int millis) {
        return workers.call(spec(entry), call(input, 1, new CompletableFuture<>(), CallOut.NONE, millis));
    }

    WorkerOutcome call(String entry, Payload input) {
        return call(entry, input, 1, CallOut.NONE);
    }

    WorkerOutcome.Succeeded result(String entry, Payload input) {
        return succeeded(call(entry, input));
    }

    WorkerOutcome.Failed failure(String entry, Payload input) {
        WorkerOutcome outcome = call(entry, input);
        assertThat(outcome).isInstanceOf(WorkerOutcome.Failed.class);
        return (WorkerOutcome.Failed) outcome;
    }

    static WorkerOutcome.Succeeded succeeded(WorkerOutcome outcome) {
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return (WorkerOutcome.Succeeded) outcome;
    }

    private WorkerSpec spec(String entry) {
        return new WorkerSpec(
                entry,
                runtime,
                entry,
                Map.of("algorithm", "demo/test"),
                bundle,
                dependencies,
                "cpu",
                Reuse.PER_CALLER,
                Limits.of(256L << 20),
                false,
                false);
    }

    private static WorkerCall call(
            Payload input, long caller, CompletableFuture<Void> cancelled, CallOut out, int millis) {
        return new WorkerCall(
                Ids.newCallId(Clock.systemUTC()),
                caller,
                input,
                System.nanoTime() + millis * 1_000_000L,
                32 << 20,
                cancelled,
                out);
    }

    @Override
    public void close() {
        workers.stop();
    }
}
