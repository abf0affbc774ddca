package io.algomat.runner;

import ai.djl.Model;
import ai.djl.translate.TranslateException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One picture, the labels that fit it best; for TorchScript and ONNX graphs that take one picture and give one score a label. */
final class ImageClassificationTask implements BatchTask<ImageClassificationTask.Asked> {
    private static final String EXPECTED =
            "expected the bytes of a picture, or JSON {\"image\": \"<base64>\", \"top_k\": 5}";
    private static final int MOST_LABELS = 100_000;
    private static final int USUAL_BATCH = 8;
    /** How far a picture's scores may be from those alone, as a part of the largest of them. */
    private static final double ALIKE = 1e-3;

    private final List<String> labels;
    private final PicturePlanes planes;
    private final boolean softmax;
    private final int topK;
    private final Graph graph;
    private final String input;
    private final int largestBatch;

    /** One call's picture, already brought to the model's planes. */
    record Asked(int width, int height, float[] planes, int topK) {}

    ImageClassificationTask(Options options) throws LoadException, IOException {
        options.allow(Set.of(
                "engine",
                "model",
                "labels",
                "input_width",
                "input_height",
                "fit",
                "colour",
                "mean",
                "std",
                "softmax",
                "top_k",
                "largest_batch"));
        this.labels = Files.readAllLines(options.file("labels", "labels.txt"));
        if (labels.isEmpty() || labels.size() > MOST_LABELS) {
            throw new LoadException("option 'labels': the file has " + labels.size() + " lines; expected 1 to "
                    + MOST_LABELS + ", a label each");
        }
        this.planes = PicturePlanes.of(options);
        this.softmax = options.flag("softmax", true);
        this.topK = options.whole("top_k", Math.min(5, labels.size()), 1, labels.size());
        Path file = options.file("model", "model.onnx");
        boolean torch = file.toString().endsWith(".pt");
        String engine = options.choice("engine", torch ? "pytorch" : "onnx", List.of("onnx", "pytorch"));
        Model model = engine.equals("pytorch") ? TorchModel.load(file) : OnnxModel.load(file);
        this.graph = new Graph(model);
        if (engine.equals("onnx") && graph.inputs().size() != 1) {
            throw new LoadException("the model's inputs are " + graph.inputs() + "; expected one, the picture");
        }
        this.input = engine.equals("onnx") ? graph.inputs().iterator().next() : "picture";
        tryOnce();
        this.largestBatch = options.largestBatch(USUAL_BATCH, takesTwo());
    }

    /** A model that gives another number of scores is refused now, not by the first caller. */
    private void tryOnce() throws LoadException {
        try {
            int scores = scores(new float[planes.size()], 1).length;
            if (scores != labels.size()) {
                throw new LoadException(
                        "the model gives " + scores + " scores, and there are " + labels.size() + " labels");
            }
        } catch (TranslateException e) {
            throw new LoadException(
                    "the model does not take a picture of the shape [1," + planes.channels() + ","
                            + planes.height() + "," + planes.width() + "]: "
                            + OnnxModel.innermost(e).lines().findFirst().orElse(""),
                    e);
        }
    }

    /** Whether two pictures at once give what each gives alone: a graph may be fixed to one, or mix them. */
    private boolean takesTwo() {
        float[] pair = new float[2 * planes.size()];
        Arrays.fill(pair, planes.size(), pair.length, 1);
        try {
            float[] together = scores(pair, 2);
            float[] black = scores(Arrays.copyOf(pair, planes.size()), 1);
            float[] white = scores(Arrays.copyOfRange(pair, planes.size(), pair.length), 1);
            return together.length == 2 * labels.size() && alike(together, 0, black) && alike(together, 1, white);
        } catch (TranslateException | RuntimeException e) {
            return false;
        }
    }

    private static boolean alike(float[] together, int place, float[] alone) {
        double largest = 1;
        double apart = 0;
        for (int i = 0; i < alone.length; i++) {
            largest = Math.max(largest, Math.abs(alone[i]));
            apart = Math.max(apart, Math.abs(alone[i] - together[place * alone.length + i]));
        }
        return apart <= ALIKE * largest;
    }

    @Override
    public int largestBatch() {
        return largestBatch;
    }

    @Override
    public Asked prepare(Value value) throws InputException {
        FileInput read = FileInput.read(value, "image", EXPECTED);
        int asked = (int) read.number("top_k", topK, 1, labels.size());
        Picture picture = Picture.decode(read.bytes());
        return new Asked(picture.width(), picture.height(), planes.of(picture), asked);
    }

    @Override
    public List<Value> together(List<Asked> pictures) throws TranslateException {
        float[] numbers = pictures.getFirst().planes();
        if (pictures.size() > 1) {
            numbers = new float[pictures.size() * planes.size()];
            for (int i = 0; i < pictures.size(); i++) {
                System.arraycopy(pictures.get(i).planes(), 0, numbers, i * planes.size(), planes.size());
            }
        }
        float[] scores = scores(numbers, pictures.size());
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            values.add(answer(pictures.get(i), Arrays.copyOfRange(scores, i * labels.size(), (i + 1) * labels.size())));
        }
        return values;
    }

    private Value answer(Asked picture, float[] scores) {
        float[] shown = softmax ? softmax(scores) : scores;
        JsonArray best = new JsonArray();
        IntStream.range(0, shown.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> -shown[label]))
                .limit(picture.topK())
                .forEach(label -> {
                    JsonObject one = new JsonObject();
                    one.addProperty("label", labels.get(label));
                    one.addProperty("score", Detection.round(shown[label]));
                    best.add(one);
                });
        JsonObject json = new JsonObject();
        json.addProperty("width", picture.width());
        json.addProperty("height", picture.height());
        json.add("classes", best);
        return Value.json(Json.write(json));
    }

    private float[] scores(float[] numbers, int count) throws TranslateException {
        return graph.run(new Graph.Fed(input, numbers, count, planes.channels(), planes.height(), planes.width()))
                .getFirst()
                .numbers();
    }

    private static float[] softmax(float[] scores) {
        double most = IntStream.range(0, scores.length)
                .mapToDouble(i -> scores[i])
                .max()
                .orElse(0);
        double[] parts = new double[scores.length];
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            parts[i] = Math.exp(scores[i] - most);
            sum += parts[i];
        }
        float[] shares = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            shares[i] = (float) (parts[i] / sum);
        }
        return shares;
    }
}
