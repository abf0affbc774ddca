package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.algomat.platform.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The results that the sample's NOTICE promises, out of a real sandboxed worker. */
class DetectionWorkerTest {
    private static final Path SAMPLE = WorkersForTests.SAMPLES.resolve("vision-object-detection");

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

    private static byte[] picture(String name) throws IOException {
        return Files.readAllBytes(SAMPLE.resolve("inputs").resolve(name));
    }

    private static WorkerOutcome detect(Payload input) {
        return workers.call(
                WorkersForTests.spec("detection", "object-detection", Map.of(), SAMPLE), WorkersForTests.call(input));
    }

    private static JsonObject found(Payload input) {
        WorkerOutcome outcome = detect(input);
        assertThat(outcome).isInstanceOf(WorkerOutcome.Succeeded.class);
        return JsonParser.parseString(
                        ((WorkerOutcome.Succeeded) outcome).output().utf8())
                .getAsJsonObject();
    }

    private static Map<String, Double> scores(JsonObject result) {
        Map<String, Double> scores = new HashMap<>();
        for (JsonElement element : result.getAsJsonArray("detections")) {
            JsonObject detection = element.getAsJsonObject();
            scores.merge(
                    detection.get("label").getAsString(), detection.get("score").getAsDouble(), Math::max);
        }
        return scores;
    }

    @Test
    void everyPictureShowsWhatTheNoticeSays() throws IOException {
        assertThat(scores(found(Payload.binary(picture("hotdog.png")))).get("hot dog"))
                .isCloseTo(0.965, within(0.02));
        assertThat(scores(found(Payload.binary(picture("hotdog-2.png")))).get("hot dog"))
                .isCloseTo(0.96, within(0.02));
        assertThat(scores(found(Payload.binary(picture("empty-bun.png")))).get("hot dog"))
                .isCloseTo(0.969, within(0.02));
        assertThat(scores(found(Payload.binary(picture("chelsea.png")))).get("cat"))
                .isCloseTo(0.935, within(0.02));
        Map<String, Double> coffee = scores(found(Payload.binary(picture("coffee.png"))));
        assertThat(coffee.get("cup")).isCloseTo(0.961, within(0.02));
        assertThat(coffee.get("dining table")).isCloseTo(0.775, within(0.02));
        assertThat(scores(found(Payload.binary(picture("astronaut.png")))).get("person"))
                .isCloseTo(0.675, within(0.02));
        assertThat(scores(found(Payload.binary(picture("plate.png"))))).doesNotContainKey("hot dog");
    }

    @Test
    void jsonWithALowerScoreFindsMore() throws IOException {
        String image = Base64.getEncoder().encodeToString(picture("plate.png"));

        JsonObject result = found(Payload.json("{\"image\":\"" + image + "\",\"min_score\":0.005}"));

        assertThat(scores(result).get("hot dog")).isCloseTo(0.008, within(0.02));
        assertThat(found(Payload.json("{\"image\":\"data:image/png;base64," + image + "\"}"))
                        .get("width")
                        .getAsInt())
                .isEqualTo(256);
    }

    @Test
    void aBoxIsInFractionsOfThePicture() throws IOException {
        JsonArray detections = found(Payload.binary(picture("hotdog.png"))).getAsJsonArray("detections");

        JsonObject box = detections.get(0).getAsJsonObject().getAsJsonObject("box");

        assertThat(detections).hasSize(1);
        assertThat(box.get("left").getAsDouble()).isBetween(0.0, 0.2);
        assertThat(box.get("width").getAsDouble()).isBetween(0.7, 1.0);
        assertThat(box.get("top").getAsDouble()).isBetween(0.2, 0.4);
        assertThat(box.get("height").getAsDouble()).isBetween(0.3, 0.5);
    }

    @Test
    void badInputsAreTheCallersFaultAndSaySo() {
        assertInputError(Payload.binary(new byte[] {1, 2, 3}), "expected PNG, JPEG, GIF or BMP");
        assertInputError(Payload.json("{\"image\":7}"), "'image' is missing or no string");
        assertInputError(Payload.json("{\"image\":\"AAAA\",\"min_score\":2}"), "PNG");
        assertInputError(Payload.json("{\"image\":"), "not valid JSON");
        assertInputError(Payload.json("[1]"), "must be an object");
        assertInputError(new Payload(Payload.Kind.VOID, new byte[0]), "empty");
    }

    private static void assertInputError(Payload input, String part) {
        assertThat(detect(input)).isInstanceOfSatisfying(WorkerOutcome.Failed.class, failed -> {
            assertThat(failed.errorType()).isEqualTo("InputError");
            assertThat(failed.message()).contains(part);
        });
    }
}
