package io.algomat.runner;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Boxes around the things in a picture, for graphs of the SSD family that decode their boxes themselves and leave the
 * suppression of doubles to us. Pixels are prepared in plain Java: DJL's picture pipeline needs an engine with mathematics.
 */
final class ObjectDetectionTask implements Task {
    private static final String EXPECTED =
            "expected the bytes of a picture, or JSON {\"image\": \"<base64>\", \"min_score\": 0.5}";
    private static final String UNUSED = "-";

    private final List<String> labels;
    private final int width;
    private final int height;
    private final double minScore;
    private final double iou;
    private final int most;
    private final Predictor<Input, List<Detection>> predictor;

    private record Input(Picture picture, double minScore) {}

    ObjectDetectionTask(Options options) throws LoadException, IOException {
        options.allow(Set.of(
                "model",
                "labels",
                "input_width",
                "input_height",
                "min_score",
                "iou",
                "max_detections",
                "scores",
                "boxes"));
        this.labels = Files.readAllLines(options.file("labels", "labels.txt"));
        this.width = options.whole("input_width", 300, 16, 4096);
        this.height = options.whole("input_height", 300, 16, 4096);
        this.minScore = options.fraction("min_score", 0.5);
        this.iou = options.fraction("iou", 0.5);
        this.most = options.whole("max_detections", 300, 1, 10_000);
        Model model = OnnxModel.load(options.file("model", "model.onnx"));
        Set<String> inputs = OnnxModel.inputNames(model);
        if (inputs.size() != 1) {
            throw new LoadException("the model's inputs are " + inputs + "; expected one, the picture");
        }
        this.predictor =
                model.newPredictor(new Detector(options.text("scores", "scores"), options.text("boxes", "boxes")));
    }

    @Override
    public Value run(Value input) throws InputException, TranslateException {
        FileInput file = FileInput.read(input, "image", EXPECTED);
        Input read = new Input(Picture.decode(file.bytes()), file.number("min_score", minScore, 0, 1));
        JsonArray found = new JsonArray();
        for (Detection detection : predictor.predict(read)) {
            found.add(detection.json(labels.get(detection.column())));
        }
        JsonObject json = new JsonObject();
        json.addProperty("width", read.picture().width());
        json.addProperty("height", read.picture().height());
        json.add("detections", found);
        return Value.json(Json.write(json));
    }

    private final class Detector implements Translator<Input, List<Detection>> {
        private static final String MIN_SCORE = "min_score";
        private final String scoresName;
        private final String boxesName;

        Detector(String scoresName, String boxesName) {
            this.scoresName = scoresName;
            this.boxesName = boxesName;
        }

        @Override
        public NDList processInput(TranslatorContext context, Input input) {
            context.setAttachment(MIN_SCORE, input.minScore());
            return new NDList(context.getNDManager()
                    .create(input.picture().planes(width, height), new Shape(1, 3, height, width)));
        }

        @Override
        public List<Detection> processOutput(TranslatorContext context, NDList list) {
            double least = (double) context.getAttachment(MIN_SCORE);
            float[] scores = output(list, scoresName).toFloatArray();
            float[] boxes = output(list, boxesName).toFloatArray();
            int columns = scores.length / (boxes.length / 4);
            if (columns > labels.size()) {
                throw new IllegalStateException(
                        "the model knows " + columns + " classes, and there are " + labels.size() + " labels");
            }
            List<Detection> found = new ArrayList<>();
            for (int i = 0; i < scores.length; i++) {
                int column = i % columns;
                if (scores[i] >= least && !labels.get(column).equals(UNUSED)) {
                    int box = i / columns * 4;
                    found.add(new Detection(
                            column,
                            scores[i],
                            edge(boxes[box]),
                            edge(boxes[box + 1]),
                            edge(boxes[box + 2]),
                            edge(boxes[box + 3])));
                }
            }
            return Detection.suppressed(found, iou, most);
        }

        @Override
        public @Nullable Batchifier getBatchifier() {
            return null;
        }

        private static NDArray output(NDList list, String name) {
            for (NDArray array : list) {
                if (name.equals(array.getName())) {
                    return array;
                }
            }
            throw new IllegalStateException("the model has no output '" + name + "'");
        }

        private static float edge(float number) {
            return Math.clamp(number, 0f, 1f);
        }
    }
}
