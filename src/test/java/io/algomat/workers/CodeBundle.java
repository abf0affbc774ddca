package io.algomat.workers;

import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Code as a publisher would write it, called in real sandboxed workers. */
final class CodeBundle {
    private static int count;

    final Path folder;
    private final Workers workers;
    private final Runtime runtime;
    private final String entry;
    private final Map<String, String> options = new HashMap<>();
    private final String pool = "code-" + ++count;
    private @Nullable Path dependencies;
    private long memoryBytes = 256L << 20;
    private CallOut out = CallOut.NONE;

    CodeBundle(Workers workers, Path folder, Runtime runtime, String entry) throws IOException {
        this.workers = workers;
        this.folder = Files.createDirectories(folder.resolve(pool));
        this.runtime = runtime;
        this.entry = entry;
    }

    CodeBundle with(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return this;
    }

    CodeBundle option(String name, String value) {
        options.put(name, value);
        return this;
    }

    CodeBundle on(Path built) {
        dependencies = built;
        return this;
    }

    CodeBundle calling(CallOut given) {
        out = given;
        return this;
    }

    CodeBundle memory(long bytes) {
        memoryBytes = bytes;
        return this;
    }

    WorkerSpec spec() {
        return new WorkerSpec(
                pool,
                runtime,
                entry,
                options,
                folder,
                dependencies,
                "cpu",
                Reuse.PER_CALLER,
                Limits.of(memoryBytes),
                false,
                false);
    }

    WorkerCall call(Payload input, long caller) {
        return new WorkerCall(
                io.algomat.platform.Ids.newCallId(Clock.systemUTC()),
                caller,
                input,
                System.nanoTime() + 30_000_000_000L,
                1 << 20,
                new CompletableFuture<>(),
                out);
    }

    WorkerOutcome run(Payload input) {
        return workers.call(spec(), call(input, 1));
    }

    WorkerOutcome run(WorkerCall call) {
        return workers.call(spec(), call);
    }

    Payload answer(Payload input) {
        WorkerOutcome outcome = run(input);
        if (outcome instanceof WorkerOutcome.Succeeded succeeded) {
            return succeeded.output();
        }
        throw new AssertionError(outcome);
    }

    String text(String input) {
        return answer(Payload.text(input)).utf8();
    }

    WorkerOutcome.Failed failed(Payload input) {
        WorkerOutcome outcome = run(input);
        if (outcome instanceof WorkerOutcome.Failed failed) {
            return failed;
        }
        throw new AssertionError(outcome);
    }

    /** Beside each other, each in its own thread; in the order of the inputs. */
    List<WorkerOutcome> together(List<Payload> inputs, long caller) {
        List<CompletableFuture<WorkerOutcome>> all = inputs.stream()
                .map(input -> {
                    CompletableFuture<WorkerOutcome> outcome = new CompletableFuture<>();
                    Thread.startVirtualThread(() -> outcome.complete(workers.call(spec(), call(input, caller))));
                    return outcome;
                })
                .toList();
        return all.stream().map(CompletableFuture::join).toList();
    }
}
