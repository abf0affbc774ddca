package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hostile Java may try that works in another way than in Python (abuse/java): its threads, its output, its memory. */
@Timeout(60)
class JavaAbuseTest {
    @TempDir
    static Path folder;

    private static AbusedHost host;

    @BeforeAll
    static void start() throws IOException {
        Path built = folder.resolve("built");
        String classes = Files.createDirectories(built.resolve("classes")).toString();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes, "src/test/resources/abuse/java/src/Abuse.java");
        assertThat(status).isZero();
        host = new AbusedHost(folder, Runtime.JAVA, "Abuse", built);
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
