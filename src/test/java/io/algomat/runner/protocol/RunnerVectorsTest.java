package io.algomat.runner.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runners in other languages are held to the same vectors as ours, by a program in their own. */
class RunnerVectorsTest {
    private static final Path VECTORS = Path.of("src/test/resources/protocol");
    private static final Path RUNNERS = Path.of("src/main/resources/runners");

    @ParameterizedTest
    @CsvSource({"python3, vectors.py, python", "node, vectors.js, node"})
    void itsCodecWritesAndReadsEveryVectorAndRefusesTheBadOnes(String program, String script, String runner)
            throws IOException, InterruptedException {
        Path vectors = VECTORS.resolve("vectors.txt");
        Process process = new ProcessBuilder(
                        program,
                        VECTORS.resolve(script).toString(),
                        RUNNERS.resolve(runner).toString(),
                        vectors.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        long count = Files.readString(vectors)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .count();
        assertThat(said.strip()).isEqualTo(count + " vectors");
    }
}
