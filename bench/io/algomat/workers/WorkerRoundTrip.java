package io.algomat.workers;

import io.algomat.platform.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Echo through a real worker, without a gateway around it. */
public final class WorkerRoundTrip implements AutoCloseable {
    private final Workers workers;
    private final WorkerSpec spec;

    public WorkerRoundTrip(Path data) throws Exception {
        workers = WorkersForTests.in(data, Map.of("algomat.workers.max-per-pool", "1"));
        spec = WorkersForTests.spec("echo", "identity", Map.of(), Files.createDirectory(data.resolve("bundle")));
    }

    public void exchange(byte[] json) {
        WorkerOutcome outcome = workers.call(spec, WorkersForTests.call(new Payload(Payload.Kind.JSON, json)));
        if (!(outcome instanceof WorkerOutcome.Succeeded)) {
            throw new IllegalStateException("The worker answered " + outcome);
        }
    }

    @Override
    public void close() {
        workers.stop();
    }
}
