package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.platform.Payload;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BlazeFace out of a real sandboxed worker. */
class FaceDetectionWorkerTest {
    @TempDir
    static Path data;

    private static SampleWorker worker;

    @BeforeAll
    static void start() {
        worker = new SampleWorker(data, "vision-face-detection", "face-detection", Map.of());
    }

    @AfterAll
    static void stop() {
        worker.stop();
    }

    private static JsonArray faces(String picture) {
        return worker.result(worker.file(picture)).getAsJsonArray("detections");
    }

    @Test
    void theAstronautsFaceIsFoundWithItsPoints() {
        JsonArray faces = faces("astronaut.png");

        assertThat(faces).hasSize(1);
        JsonObject face = faces.get(0).getAsJsonObject();
        assertThat(face.get("score").getAsDouble()).isCloseTo(0.92, within(0.02));
        JsonObject box = face.getAsJsonObject("box");
        assertThat(box.get("left").getAsDouble()).isCloseTo(0.349, within(0.02));
        assertThat(box.get("top").getAsDouble()).isCloseTo(0.161, within(0.02));
        JsonObject points = face.getAsJsonObject("points");
        assertThat(points.keySet())
                .containsExactly("right_eye", "left_eye", "nose_tip", "mouth", "right_ear", "left_ear");
        assertThat(points.getAsJsonObject("right_eye").get("left").getAsDouble())
                .isLessThan(points.getAsJsonObject("left_eye").get("left").getAsDouble());
        assertThat(points.getAsJsonObject("mouth").get("top").getAsDouble())
                .isGreaterThan(points.getAsJsonObject("nose_tip").get("top").getAsDouble());
    }

    @Test
    void twoFacesInAWidePictureLieWhereTheyAre() {
        JsonArray faces = faces("two-faces.jpg");

        assertThat(faces).hasSize(2);
        assertThat(left(faces, 0)).isCloseTo(0.198, within(0.02));
        assertThat(left(faces, 1)).isCloseTo(0.69, within(0.02));
    }

    @Test
    void whereNoFaceIsNoneIsFound() {
        assertThat(faces("coffee.png")).isEmpty();
        assertThat(faces("far.jpg")).isEmpty();
    }

    @Test
    void aLowerScoreLetsTheCatIn() {
        assertThat(faces("chelsea.png")).isEmpty();
        assertThat(worker.result(Payload.json("{\"image\":\"" + worker.base64("chelsea.png") + "\",\"min_score\":0.4}"))
                        .getAsJsonArray("detections"))
                .isNotEmpty();
    }

    @Test
    void badInputsAndOptionsAreNamed() {
        assertThat(worker.failure(Payload.json("{\"image\":\"\",\"min_score\":\"x\"}")))
                .contains("'min_score' is \"x\": expected a number from 0 to 1");
        assertThat(worker.failure(Payload.binary(new byte[] {1, 2, 3}))).contains("expected PNG, JPEG, GIF or BMP");
        assertThat(worker.loading(Map.of("iuo", "0.3"))).contains("unknown option 'iuo'");
        assertThat(worker.loading(Map.of("input_size", "64"))).contains("from 128 to 256");
    }

    private static double left(JsonArray faces, int number) {
        return faces.get(number)
                .getAsJsonObject()
                .getAsJsonObject("box")
                .get("left")
                .getAsDouble();
    }
}
