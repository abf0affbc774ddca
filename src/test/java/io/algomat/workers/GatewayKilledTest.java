package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.algomat.platform.Payload;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed outright leaves no worker behind. */
@Timeout(60)
class GatewayKilledTest {
    @TempDir
    Path data;

    /** A gateway of its own: starts one worker and the sandboxes that wait for another, says so and waits to be killed. */
    public static void main(String[] arguments) throws InterruptedException {
        Workers workers = WorkersForTests.in(
                Path.of(arguments[0]),
                Map.of("algomat.workers.bwrap", arguments[1], "algomat.workers.spares", arguments[2]));
        WorkerSpec spec =
                WorkersForTests.djl("kept", "identity", Map.of(), Path.of(arguments[0]), 64L << 20, true, true);
        workers.call(spec, WorkersForTests.call(Payload.text("x")));
        Fleet fleet = java.util.Objects.requireNonNull(workers.fleet());
        await().until(() -> fleet.readings().spares() == Integer.parseInt(arguments[2]));
        System.out.println("serving");
        Thread.sleep(Duration.ofMinutes(5));
    }

    @Test
    void inASandboxEvenWhenItIsFrozen() throws Exception {
        noWorkerSurvives("bwrap", true);
    }

    @Test
    void withoutASandbox() throws Exception {
        noWorkerSurvives("/nowhere/bwrap", false);
    }

    private void noWorkerSurvives(String bwrap, boolean frozen) throws Exception {
        Process gateway = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GatewayKilledTest.class.getName(),
                        Files.createDirectory(data.resolve("data")).toString(),
                        bwrap,
                        frozen ? "1" : "0")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = gateway.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.lines().anyMatch(line -> line.equals("serving"))).isTrue();
        }
        List<ProcessHandle> below = gateway.descendants()
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
        assertThat(below).isNotEmpty();

        if (frozen) {
            // So that the closed socket cannot be what ends it.
            String worker = Long.toString(below.getLast().pid());
            new ProcessBuilder("kill", "-STOP", worker).start().waitFor();
        }
        gateway.destroyForcibly();

        await().atMost(Duration.ofSeconds(10)).until(() -> below.stream().noneMatch(ProcessHandle::isAlive));
    }
}
