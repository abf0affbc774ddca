package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digit classifier, TorchScript out of a real sandboxed worker. */
class ImageClassificationWorkerTest {
    private static final Map<String, String> OPTIONS = Map.of(
            "engine",
            "pytorch",
            "model",
            "model.pt",
            "input_width",
            "96",
            "input_height",
            "96",
            "colour",
            "grey",
            "fit",
            "extend",
            "top_k",
            "3");

    @TempDir
    static Path data;

    private static SampleWorker worker;

    @BeforeAll
    static void start() {
        worker = new SampleWorker(data, "vision-digits", "image-classification", OPTIONS);
    }

    @AfterAll
    static void stop() {
        worker.stop();
    }

    private static JsonObject best(Payload input) {
        return worker.result(input).getAsJsonArray("classes").get(0).getAsJsonObject();
    }

    @ParameterizedTest
    @CsvSource({
        "zero.png, 0, 0.996",
        "two-wide-page.png, 2, 0.913",
        "three.png, 3, 0.996",
        "four.png, 4, 0.992",
        "five.png, 5, 1",
        "seven.png, 7, 0.656",
        "eight-chalk.png, 8, 0.994"
    })
    void aDrawnDigitIsRead(String picture, String digit, double score) {
        JsonObject best = best(worker.file(picture));

        assertThat(best.get("label").getAsString()).isEqualTo(digit);
        assertThat(best.get("score").getAsDouble()).isCloseTo(score, within(0.02));
    }

    @Test
    void anEmptyPageIsEveryDigitAlikeAndTheCallerChoosesHowMany() {
        JsonObject result =
                worker.result(Payload.json("{\"image\":\"" + worker.base64("blank.png") + "\",\"top_k\":10}"));

        assertThat(result.getAsJsonArray("classes"))
                .hasSize(10)
                .allSatisfy(
                        each -> assertThat(each.getAsJsonObject().get("score").getAsDouble())
                                .isCloseTo(0.1, within(0.001)));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThat(worker.failure(Payload.json("{\"image\":\"\",\"top_k\":11}")))
                .contains("expected a number from 1 to 10");
        assertThat(worker.loading(with("labels", "algomat.yaml"))).contains("the model gives 10 scores, and there are");
        assertThat(worker.loading(with("colour", "red"))).contains("expected one of [rgb, bgr, grey]");
        assertThat(worker.loading(with("mean", "0,1"))).contains("expected one number, or 1 with commas between");
        assertThat(worker.loading(with("model", "labels.txt"))).contains("no TorchScript file");
    }

    @Test
    void librariesAreUnpackedOnceAndOnlyForPyTorch() throws IOException {
        assertThat(worker.result(worker.file("five.png")).get("width").getAsInt())
                .isEqualTo(240);

        try (Stream<Path> staged = Files.list(data.resolve("pytorch"))) {
            List<Path> folders = staged.toList();
            assertThat(folders).hasSize(1);
            assertThat(folders.getFirst().resolve("libdjl_torch.so")).exists();
            assertThat(folders.getFirst().resolve("libtorch_cpu.so")).exists();
        }
        try (Stream<Path> everybodys = Files.walk(data.resolve("runner"))) {
            assertThat(everybodys).noneMatch(file -> file.toString().contains("torch"));
        }
    }

    private static Map<String, String> with(String option, String value) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put(option, value);
        return options;
    }
}
