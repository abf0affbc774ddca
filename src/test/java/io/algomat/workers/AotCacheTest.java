package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM keeps for later starts is made by a real one in the real sandbox, and used by the next worker. */
@Timeout(120)
class AotCacheTest {
    @TempDir
    Path data;

    private Workers workers;

    @AfterEach
    void stop() {
        workers.stop();
    }

    private void call(String pool) {
        WorkerOutcome outcome = workers.call(
                WorkersForTests.spec(pool, "identity", Map.of(), data), WorkersForTests.call(Payload.text("x")));
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
    }

    /** A file of the newest worker's under /proc. */
    private static String told(String file) throws IOException {
        Optional<ProcessHandle> newest = ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().command().orElse("").equals(SandboxCommand.JDK + "/bin/java"))
                .max(Comparator.comparingLong(ProcessHandle::pid));
        return Files.readString(Path.of("/proc/" + newest.orElseThrow().pid(), file), StandardCharsets.UTF_8);
    }

    @Test
    void theFirstWorkerStartsWithoutItAndTheNextMapsIt() throws IOException {
        workers = WorkersForTests.in(data, Map.of("algomat.workers.aot-cache", "true"));
        call("first");
        AotCache cache = workers.host().home().cache();
        await().atMost(Duration.ofSeconds(90)).until(cache::present);

        call("second");

        assertThat(told("cmdline")).contains(cache.option());
        assertThat(told("maps")).contains(".aot");
    }

    @Test
    void aCacheThatTheJvmDoesNotWantCostsNoStart() throws IOException {
        workers = WorkersForTests.in(data, Map.of());
        AotCache cache = workers.host().home().cache();
        String name = cache.option().substring(cache.option().lastIndexOf('/') + 1);
        Path broken = Files.writeString(workers.host().home().runner().resolve(name), "no cache at all");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rw-r--r--"));

        call("first");

        assertThat(told("cmdline")).contains(cache.option());
    }
}
