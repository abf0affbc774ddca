package io.algomat.runner;

import ai.djl.Model;
import ai.djl.translate.TranslateException;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** One picture, the labels that fit it best; for TorchScript and ONNX graphs that take one picture and give one score a label. */
final class ImageClassificationTask implements Task {
    private static final String EXPECTED =
            "expected the bytes of a picture, or JSON {\"image\": \"<base64>\", \"top_k\": 5}";
    private static final int MOST_LABELS = 100_000;

    private final List<String> labels;
    private final PicturePlanes planes;
    private final boolean softmax;
    private final int topK;
    private final Graph graph;
    private final String input;

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
                "top_k"));
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
    }

    /** A model that gives another number of scores is refused now, not by the first caller. */
    private void tryOnce() throws LoadException {
        try {
            Graph.Made made = scores(new float[planes.size()]);
            if (made.numbers().length != labels.size()) {
                throw new LoadException("the model gives " + made.numbers().length + " scores, and there are "
                        + labels.size() + " labels");
            }
        } catch (TranslateException e) {
            throw new LoadException(
                    "the model does not take a picture of the shape [1," + planes.channels() + ","
                            + planes.height() + "," + planes.width() + "]: "
                            + OnnxModel.innermost(e).lines().findFirst().orElse(""),
                    e);
        }
    }

    @Override
    public Value run(Value value) throws InputException, TranslateException {
        FileInput read = FileInput.read(value, "image", EXPECTED);
        int asked = (int) read.number("top_k", topK, 1, labels.size());
        Picture picture = Picture.decode(read.bytes());
        float[] scores = scores(planes.of(picture)).numbers();
        float[] shown = softmax ? softmax(scores) : scores;
        JsonArray best = new JsonArray();
        IntStream.range(0, shown.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer label) -> -shown[label]))
                .limit(asked)
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

    private Graph.Made scores(float[] numbers) throws TranslateException {
        return graph.run(new Graph.Fed(input, numbers, 1, planes.channels(), planes.height(), planes.width()))
                .getFirst();
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
