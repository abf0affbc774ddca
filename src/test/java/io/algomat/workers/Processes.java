package io.algomat.workers;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

/** The worker processes of this test run, seen from the host. */
final class Processes {
    private Processes() {}

    /** Java processes below this one: each is one worker, inside its sandbox or not. */
    static List<ProcessHandle> workers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/bin/java"))
                .toList();
    }

    /** Waits until there is a worker process that {@code before} does not hold. */
    static ProcessHandle newcomer(List<ProcessHandle> before) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> workers().stream()
                                .filter(process -> !before.contains(process))
                                .findFirst()
                                .orElse(null),
                        process -> process != null);
    }

    static void kill(ProcessHandle process) {
        process.destroyForcibly();
    }
}
