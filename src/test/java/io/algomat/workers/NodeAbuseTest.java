package io.algomat.workers;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hostile JavaScript may try that works in another way than in Python (abuse/node): its threads, its output, its memory. */
@Timeout(60)
class NodeAbuseTest {
    @TempDir
    static Path folder;

    private static AbusedHost host;

    @BeforeAll
    static void start() throws IOException {
        host = new AbusedHost(folder, Runtime.NODE, "src/abuse.js", null);
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        "threadBomb, ProcessLimitError",
        "infiniteStdout, OutputLimitError",
        "memoryHog, OutOfMemoryError",
        "cpuSpin, CpuLimitError",
    })
    void beyondALimit(String program, String errorType) throws IOException {
        host.isStopped(program, errorType);
    }
}
