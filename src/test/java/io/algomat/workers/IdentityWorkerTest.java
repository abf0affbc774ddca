package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityWorkerTest {
    @TempDir
    static Path data;

    private static Workers workers;
    private static Path artifact;

    @BeforeAll
    static void start() throws Exception {
        workers = WorkersForTests.in(data, Map.of());
        artifact = Files.createDirectory(data.resolve("bundle"));
    }

    @AfterAll
    static void stop() {
        workers.stop();
    }

    private static WorkerOutcome.Succeeded echo(Payload input) {
        WorkerSpec spec = WorkersForTests.spec("echo", "identity", Map.of(), artifact);
        WorkerOutcome outcome = workers.call(spec, WorkersForTests.call(input));
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return (WorkerOutcome.Succeeded) outcome;
    }

    @Test
    void theFirstCallStartsAWorkerAndTheNextFindsItWarm() {
        Timing first = echo(Payload.text("one")).timing();
        Timing second = echo(Payload.text("two")).timing();

        assertThat(second.coldNanos()).isZero();
        assertThat(second.worker()).isEqualTo(first.worker());
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(workers.state("echo").warm()).isTrue();
    }

    @Test
    void everyKindOfPayloadComesBackAsItWent() {
        for (Payload payload : new Payload[] {
            Payload.text("Grüße ∞"),
            Payload.json("{\"a\":[1,2.5,null]}"),
            Payload.binary(new byte[] {0, -1, 127, -128}),
            new Payload(Payload.Kind.VOID, new byte[0])
        }) {
            Payload back = echo(payload).output();
            assertThat(back.kind()).isEqualTo(payload.kind());
            assertThat(back.bytes()).isEqualTo(payload.bytes());
        }
    }

    @Test
    void payloadsOfManyChunksComeBackWhole() {
        for (int size : new int[] {(1 << 20) - 12, (1 << 20) - 11, 1 << 20, 3_000_001, 20 << 20}) {
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            assertThat(echo(Payload.binary(bytes)).output().bytes()).isEqualTo(bytes);
        }
    }
}
