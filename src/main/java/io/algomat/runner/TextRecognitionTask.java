package io.algomat.runner;

import ai.djl.translate.TranslateException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text in a picture, by PaddleOCR's graphs: one finds lines, one may tell those upside down, one reads each. */
final class TextRecognitionTask implements Task {
    private static final String EXPECTED =
            "expected the bytes of a picture, or JSON {\"image\": \"<base64>\", \"min_confidence\": 0.5}";
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    /** The graph halves a picture five times. */
    private static final int STEP = 32;
    /** A box so many times as high as wide holds a line that runs up or down. */
    private static final double UPRIGHT = 1.5;

    private final Graph finder;
    private final String input;
    private final TextRegions regions;
    private final LineReader reader;
    private final @Nullable LineTurner turner;
    private final int longestSide;
    private final double minConfidence;

    TextRecognitionTask(Options options) throws LoadException, IOException {
        options.allow(Set.of(
                "detection_model",
                "recognition_model",
                "orientation_model",
                "characters",
                "longest_side",
                "pixel_threshold",
                "box_threshold",
                "orientation_threshold",
                "grow",
                "min_confidence"));
        this.longestSide = options.whole("longest_side", 960, 64, 4096);
        this.minConfidence = options.fraction("min_confidence", 0.5);
        this.regions = new TextRegions(
                options.fraction("pixel_threshold", 0.3),
                options.fraction("box_threshold", 0.6),
                options.number("grow", 1.6, 0, 10));
        this.finder = new Graph(OnnxModel.load(options.file("detection_model", "detection.onnx")));
        this.input = finder.inputs().iterator().next();
        this.reader = new LineReader(
                options.file("recognition_model", "recognition.onnx"), options.file("characters", "characters.txt"));
        this.turner = options.text("orientation_model", "").isEmpty()
                ? null
                : new LineTurner(options.file("orientation_model", ""), options.fraction("orientation_threshold", 0.9));
        try {
            int given = map(new float[3 * STEP * STEP], STEP, STEP).length;
            if (given != STEP * STEP) {
                throw new LoadException("the model that finds lines gives " + given + " numbers for " + STEP * STEP
                        + " pixels; expected one each");
            }
        } catch (TranslateException e) {
            throw new LoadException("the model that finds lines takes no picture: " + OnnxModel.innermost(e), e);
        }
    }

    @Override
    public Value run(Value value) throws InputException, TranslateException, InterruptedException {
        FileInput file = FileInput.read(value, "image", EXPECTED);
        double least = file.number("min_confidence", minConfidence, 0, 1);
        Picture picture = Picture.decode(file.bytes()).onWhite();
        List<TextLine> lines = new ArrayList<>();
        for (TurnedBox box : boxes(picture)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LineReader.Read read = reader.read(line(picture, box));
            if (!read.text().isEmpty() && read.confidence() >= least) {
                lines.add(new TextLine(read.text(), read.confidence(), box));
            }
        }
        List<TextLine> ordered = TextLine.inReadingOrder(lines);
        Reports.add("lines", ordered.size());
        JsonArray found = new JsonArray();
        ordered.forEach(line -> found.add(line.json(picture.width(), picture.height())));
        JsonObject json = new JsonObject();
        json.addProperty("width", picture.width());
        json.addProperty("height", picture.height());
        json.addProperty("text", ordered.stream().map(TextLine::text).collect(Collectors.joining("\n")));
        json.add("lines", found);
        return Value.json(Json.write(json));
    }

    private List<TurnedBox> boxes(Picture picture) throws TranslateException {
        double scale = Math.min(1, (double) longestSide / Math.max(picture.width(), picture.height()));
        int width = stepped(picture.width() * scale);
        int height = stepped(picture.height() * scale);
        float[] map = map(BgrPlanes.of(picture, width, height, MEAN, DEVIATION), width, height);
        double across = (double) picture.width() / width;
        double down = (double) picture.height() / height;
        return regions.in(map, width, height).stream()
                .map(box -> box.scaled(across, down))
                .toList();
    }

    private Picture line(Picture picture, TurnedBox box) throws TranslateException {
        Picture cut = picture.cut(box);
        Picture level = cut.height() >= UPRIGHT * cut.width() ? cut.turned(3) : cut;
        return turner == null ? level : turner.upright(level);
    }

    private float[] map(float[] planes, int width, int height) throws TranslateException {
        return finder.run(new Graph.Fed(input, planes, 1, 3, height, width))
                .getFirst()
                .numbers();
    }

    private static int stepped(double side) {
        return (int) Math.max(1, Math.round(side / STEP)) * STEP;
    }
}
