package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import io.algomat.platform.Payload;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingWorkerTest {
    private static final Map<String, String> FILES =
            Map.of("model", "all-minilm-l6-v2-q.onnx", "tokenizer", "all-minilm-l6-v2-q-tokenizer.json");

    @TempDir
    static Path data;

    private static Workers workers;

    @BeforeAll
    static void start() {
        workers = WorkersForTests.in(data, Map.of());
    }

    @AfterAll
    static void stop() {
        workers.stop();
    }

    private static WorkerOutcome embed(String pool, Map<String, String> options, Payload input) {
        WorkerSpec spec = WorkersForTests.spec(
                pool, "text-embedding", options, WorkersForTests.SAMPLES.resolve("nlp-sentence-embedding"));
        return workers.call(spec, WorkersForTests.call(input));
    }

    private static String output(Payload input) {
        WorkerOutcome outcome = embed("embedding", FILES, input);
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return ((WorkerOutcome.Succeeded) outcome).output().utf8();
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    @Test
    void sentencesAreAsNearAsTheNoticeSays() {
        float[][] vectors = new Gson()
                .fromJson(
                        output(
                                Payload.json(
                                        "[\"The weather is lovely today.\",\"It's so sunny outside!\",\"He drove to the stadium.\"]")),
                        float[][].class);

        assertThat(vectors).hasDimensions(3, 384);
        assertThat(dot(vectors[0], vectors[1])).isCloseTo(0.6599, within(0.01));
        assertThat(dot(vectors[0], vectors[2])).isCloseTo(0.1296, within(0.01));
        assertThat(dot(vectors[1], vectors[2])).isCloseTo(0.1597, within(0.01));
        assertThat(dot(vectors[0], vectors[0])).isCloseTo(1, within(1e-5));
    }

    @Test
    void textAndAJsonStringGiveTheSameVector() {
        String fromText = output(Payload.text("The weather is lovely today."));

        assertThat(new Gson().fromJson(fromText, float[].class)).hasSize(384);
        assertThat(output(Payload.json("\"The weather is lovely today.\""))).isEqualTo(fromText);
    }

    @Test
    void aLongTextIsCutAndStillAnswered() {
        assertThat(output(Payload.text("word ".repeat(5_000)))).startsWith("[");
    }

    @Test
    void badInputsAreTheCallersFault() {
        for (Payload input : new Payload[] {
            Payload.text("  "), Payload.json("[]"), Payload.json("[1]"), Payload.json("{}"), Payload.binary(new byte[1])
        }) {
            assertThat(embed("embedding", FILES, input)).isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                assertThat(failed.errorType()).isEqualTo("InputError");
                assertThat(failed.message()).contains("expected a text");
            });
        }
    }

    @Test
    void whatCannotBeLoadedSaysWhatWasExpected() {
        assertLoadingError("misspelt", Map.of("modell", "x"), "unknown option 'modell'");
        assertLoadingError("missing", Map.of("model", "nothing.onnx"), "there is no file");
        assertLoadingError("outside", Map.of("tokenizer", "../../../etc/passwd"), "there is no file");
        assertLoadingError(
                "no-graph",
                Map.of("model", "all-minilm-l6-v2-q-tokenizer.json", "tokenizer", FILES.get("tokenizer")),
                "ends in .onnx");
        assertLoadingError("pooling", Map.of("pooling", "sum"), "expected mean, max or cls");
    }

    private static void assertLoadingError(String pool, Map<String, String> options, String part) {
        assertThat(embed(pool, options, Payload.text("a")))
                .isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
                    assertThat(failed.errorType()).isEqualTo("LoadingError");
                    assertThat(failed.message()).contains(part);
                });
    }
}
