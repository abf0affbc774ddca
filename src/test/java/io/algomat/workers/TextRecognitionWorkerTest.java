package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.algomat.platform.Payload;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drawn text, read by real workers. */
class TextRecognitionWorkerTest {
    private static final Map<String, String> OPTIONS = Map.of(
            "detection_model", "models/ch_PP-OCRv4_det_infer.onnx",
            "recognition_model", "models/ch_PP-OCRv4_rec_infer.onnx",
            "orientation_model", "models/ch_ppocr_mobile_v2.0_cls_infer.onnx",
            "characters", "models/ppocr_keys_v1.txt");

    @TempDir
    static Path data;

    private static SampleWorker worker;

    @BeforeAll
    static void start() {
        worker = new SampleWorker(data, "vision-ocr", "text-recognition", OPTIONS);
    }

    @AfterAll
    static void stop() {
        worker.stop();
    }

    private static List<String> lines(JsonObject result) {
        List<String> lines = new ArrayList<>();
        for (JsonElement line : result.getAsJsonArray("lines")) {
            lines.add(line.getAsJsonObject().get("text").getAsString());
        }
        return lines;
    }

    private static Payload turned(String input, int quarters) throws IOException {
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(worker.file(input).bytes()));
        boolean lies = quarters % 2 != 0;
        BufferedImage turned = new BufferedImage(
                lies ? image.getHeight() : image.getWidth(),
                lies ? image.getWidth() : image.getHeight(),
                BufferedImage.TYPE_INT_RGB);
        AffineTransform transform =
                AffineTransform.getTranslateInstance(turned.getWidth() / 2.0, turned.getHeight() / 2.0);
        transform.quadrantRotate(quarters);
        transform.translate(-image.getWidth() / 2.0, -image.getHeight() / 2.0);
        turned.createGraphics().drawImage(image, transform, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(turned, "png", out);
        return Payload.binary(out.toByteArray());
    }

    @Test
    void fourFontsAreReadInTheOrderOfReading() {
        JsonObject result = worker.result(worker.file("invoice.png"));

        assertThat(lines(result))
                .containsExactly(
                        "INVOICE 2024-117",
                        "Three chairs and a table",
                        "Total",
                        "459.90",
                        "Please pay within thirty days");
        assertThat(result.get("text").getAsString()).isEqualTo(String.join("\n", lines(result)));
        for (JsonElement line : result.getAsJsonArray("lines")) {
            assertThat(line.getAsJsonObject().get("confidence").getAsDouble()).isBetween(0.85, 1.0);
        }
    }

    @Test
    void aLinesPointsLieAroundItsText() {
        JsonObject title = worker.result(worker.file("invoice.png"))
                .getAsJsonArray("lines")
                .get(0)
                .getAsJsonObject();

        JsonArray points = title.getAsJsonArray("points");
        assertPoint(points.get(0).getAsJsonObject(), 40 / 640.0, 33 / 280.0);
        assertPoint(points.get(3).getAsJsonObject(), 40 / 640.0, 62 / 280.0);
        assertThat(points.get(1).getAsJsonObject().get("left").getAsDouble()).isBetween(0.5, 0.75);
    }

    private static void assertPoint(JsonObject point, double left, double top) {
        assertThat(point.get("left").getAsDouble()).isCloseTo(left, within(0.03));
        assertThat(point.get("top").getAsDouble()).isCloseTo(top, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"upside-down.png, Turned upside down", "slanted.png, A line that climbs"})
    void aLineThatIsTurnedIsRead(String picture, String text) {
        assertThat(lines(worker.result(worker.file(picture)))).containsExactly(text);
    }

    @Test
    void chineseAndLatinAreReadFromOnePicture() throws IOException {
        assertThat(lines(worker.result(worker.file("sign.png")))).containsExactly("北京图书馆", "Beijing Library");
        assertThat(lines(worker.result(turned("sign.png", 2)))).containsExactly("Beijing Library", "北京图书馆");
    }

    @Test
    void linesThatRunUpOrDownAreRead() throws IOException {
        assertThat(lines(worker.result(turned("slanted.png", 1)))).containsExactly("A line that climbs");
        assertThat(lines(worker.result(turned("slanted.png", 3)))).containsExactly("A line that climbs");
    }

    @Test
    void anEmptyPageHasNoLinesAndACallerMayAskForMoreCertainty() {
        JsonObject empty = worker.result(worker.file("empty.png"));
        assertThat(lines(empty)).isEmpty();
        assertThat(empty.get("text").getAsString()).isEmpty();

        String json = "{\"image\":\"" + worker.base64("invoice.png") + "\",\"min_confidence\":1}";
        assertThat(lines(worker.result(Payload.json(json)))).hasSizeLessThan(5);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThat(worker.failure(Payload.binary(new byte[] {1}))).contains("expected PNG, JPEG, GIF or BMP");
        assertThat(worker.failure(Payload.json("{\"image\":7}"))).contains("'image' is missing or no string");
        assertThat(worker.loading(Map.of("detection_model", "models/none.onnx")))
                .contains("there is no file");
        assertThat(worker.loading(with("characters", "README.md"))).contains("expected two fewer than the model");
        assertThat(worker.loading(with("grow", "11"))).contains("expected a number from 0 to 10");
        assertThat(worker.loading(with("orientation_model", "models/ch_PP-OCRv4_rec_infer.onnx")))
                .contains("upside-down");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put(name, value);
        return options;
    }
}
