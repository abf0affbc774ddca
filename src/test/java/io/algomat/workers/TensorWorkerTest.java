package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.algomat.platform.Payload;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorWorkerTest {
    private static final String TOKENS = "{\"inputs\":["
            + "{\"name\":\"input_ids\",\"shape\":[1,3],\"datatype\":\"INT64\",\"data\":[101,2088,102]},"
            + "{\"name\":\"attention_mask\",\"shape\":[1,3],\"datatype\":\"INT64\",\"data\":[1,1,1]},"
            + "{\"name\":\"token_type_ids\",\"shape\":[1,3],\"datatype\":\"INT64\",\"data\":[0,0,0]}]}";

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

    private static WorkerOutcome run(String json) {
        WorkerSpec spec = WorkersForTests.spec(
                "tensor",
                "tensor",
                Map.of("model", "all-minilm-l6-v2-q.onnx"),
                WorkersForTests.SAMPLES.resolve("nlp-sentence-embedding"));
        return workers.call(spec, WorkersForTests.call(Payload.json(json)));
    }

    @Test
    void numbersGoInAndNumbersComeOut() {
        WorkerOutcome outcome = run(TOKENS);

        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        JsonArray outputs = JsonParser.parseString(
                        ((WorkerOutcome.Succeeded) outcome).output().utf8())
                .getAsJsonObject()
                .getAsJsonArray("outputs");
        JsonObject first = outputs.get(0).getAsJsonObject();
        assertThat(first.get("datatype").getAsString()).isEqualTo("FP32");
        assertThat(first.get("shape")).isEqualTo(JsonParser.parseString("[1,3,384]"));
        assertThat(first.getAsJsonArray("data")).hasSize(3 * 384);
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheInputsName() {
        assertInputError("{}", "'inputs' is missing");
        assertInputError("{\"inputs\":[]}", "expected is each of");
        assertInputError(TOKENS.replaceFirst("\\[1,3\\]", "[1,4]"), "Input 'input_ids'");
        assertInputError(TOKENS.replaceFirst("\\[1,3\\]", "[1,-3]"), "the shape is");
        assertInputError(TOKENS.replaceFirst("INT64", "INT65"), "the datatype is INT65");
        assertInputError(TOKENS.replaceFirst("2088", "2088.5"), "hold 2088.5");
        assertInputError(TOKENS.replaceFirst("INT64", "FP32"), "The model refuses the input");
        assertInputError(TOKENS.replace("2088", "99999999"), "The model refuses the input");
    }

    private static void assertInputError(String json, String part) {
        assertThat(run(json)).isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
            assertThat(failed.errorType()).as(failed.message()).isEqualTo("InputError");
            assertThat(failed.message()).contains(part);
        });
    }
}
