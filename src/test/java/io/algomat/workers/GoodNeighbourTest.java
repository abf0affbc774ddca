package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Callers of a good program beside callers of hostile ones, all at once on one machine. How long the good ones take is
 * {@code ./algomat bench neighbours}'s to say; here each of their calls has to be answered, and rightly.
 */
@Timeout(120)
class GoodNeighbourTest {
    private static final List<String> HOSTILE = List.of(
            "processes.forkBomb",
            "memory.memoryHog",
            "processes.cpuSpin",
            "output.infiniteStdout",
            "files.tmpfsFill",
            "memory.inodeFlood");
    private static final int GOOD = 4;
    private static final int CALLS = 20;

    @TempDir
    Path folder;

    @Test
    void everyCallOfAGoodNeighbourIsAnsweredWhileOthersRage() throws IOException {
        AtomicBoolean raging = new AtomicBoolean(true);
        AtomicInteger good = new AtomicInteger();
        Map<String, WorkerOutcome> ends = new ConcurrentHashMap<>();
        try (AbusedHost host = new AbusedHost(folder, Runtime.PYTHON, "src/Abuse.py", null)) {
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < HOSTILE.size(); i++) {
                    String program = HOSTILE.get(i);
                    long caller = 100 + i;
                    callers.submit(() -> {
                        while (raging.get()) {
                            ends.put(program, host.run(program, 30_000, caller));
                        }
                        return null;
                    });
                }
                try (ExecutorService neighbours = Executors.newVirtualThreadPerTaskExecutor()) {
                    for (int i = 1; i <= GOOD; i++) {
                        long caller = i;
                        neighbours.submit(() -> {
                            for (int call = 0; call < CALLS; call++) {
                                assertThat(host.says("well", caller)).isEqualTo("well");
                                good.incrementAndGet();
                            }
                            return null;
                        });
                    }
                }
                raging.set(false);
            }

            assertThat(good).hasValue(GOOD * CALLS);
            assertThat(ends).as("each hostile one ran").containsOnlyKeys(HOSTILE);
            assertThat(ends.get("memory.memoryHog")).as("and was held back").isInstanceOf(WorkerOutcome.Failed.class);
            host.holds(GOOD);
        }
    }
}
