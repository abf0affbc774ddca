package io.algomat.runner;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.algomat.runner.protocol.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Faces and their six points, for BlazeFace: 896 anchors of size 1 on two grids (16 × 16 with 2 each, 8 × 8 with 6 each),
 * boxes and points as offsets in pixels of the model's square input (Bazarevsky et al. 2019).
 */
final class FaceDetectionTask implements Task {
    private static final String EXPECTED =
            "expected the bytes of a picture, or JSON {\"image\": \"<base64>\", \"min_score\": 0.5}";
    private static final List<String> POINTS =
            List.of("right_eye", "left_eye", "nose_tip", "mouth", "right_ear", "left_ear");
    private static final int FINE = 16;
    private static final int COARSE = 8;
    private static final int ROW = 16;

    private final int size;
    private final double minScore;
    private final double iou;
    private final int most;
    private final Graph graph;
    private final String input;

    private record Face(Detection detection, float[] points) {}

    FaceDetectionTask(Options options) throws LoadException, IOException {
        options.allow(Set.of("model", "input_size", "min_score", "iou", "max_detections"));
        this.size = options.whole("input_size", 128, 128, 256);
        this.minScore = options.fraction("min_score", 0.5);
        this.iou = options.fraction("iou", 0.3);
        this.most = options.whole("max_detections", 100, 1, 896);
        this.graph = new Graph(OnnxModel.load(options.file("model", "model.onnx")));
        if (graph.inputs().size() != 1) {
            throw new LoadException("the model's inputs are " + graph.inputs() + "; expected one, the picture");
        }
        this.input = graph.inputs().iterator().next();
    }

    @Override
    public Value run(Value value) throws Exception {
        FileInput read = FileInput.read(value, "image", EXPECTED);
        double least = read.number("min_score", minScore, 0, 1);
        Picture picture = Picture.decode(read.bytes());
        Square square = Square.around(picture);
        List<Graph.Made> made = graph.run(new Graph.Fed(input, square.pixels(picture, size), 1, size, size, 3));
        JsonArray found = new JsonArray();
        for (Face face : best(faces(made, least, square))) {
            found.add(json(face));
        }
        JsonObject json = new JsonObject();
        json.addProperty("width", picture.width());
        json.addProperty("height", picture.height());
        json.add("detections", found);
        return Value.json(Json.write(json));
    }

    private List<Face> faces(List<Graph.Made> made, double least, Square square) {
        List<Face> faces = new ArrayList<>();
        collect(faces, FINE, 2, made, least, square);
        collect(faces, COARSE, 6, made, least, square);
        return faces;
    }

    private void collect(List<Face> faces, int cells, int each, List<Graph.Made> made, double least, Square square) {
        int anchors = cells * cells * each;
        float[] scores = output(made, anchors, 1);
        float[] rows = output(made, anchors, ROW);
        for (int i = 0; i < anchors; i++) {
            double score = 1 / (1 + Math.exp(-scores[i]));
            if (score < least) {
                continue;
            }
            int cell = i / each;
            float x = (cell % cells + 0.5f) / cells;
            float y = (cell / cells + 0.5f) / cells;
            float[] at = new float[ROW];
            for (int j = 0; j < ROW; j += 2) {
                at[j] = rows[i * ROW + j] / size;
                at[j + 1] = rows[i * ROW + j + 1] / size;
            }
            float[] points = new float[2 * POINTS.size()];
            for (int j = 0; j < points.length; j += 2) {
                points[j] = square.x(x + at[4 + j]);
                points[j + 1] = square.y(y + at[5 + j]);
            }
            faces.add(new Face(
                    new Detection(
                            0,
                            (float) score,
                            edge(square.y(y + at[1] - at[3] / 2)),
                            edge(square.x(x + at[0] - at[2] / 2)),
                            edge(square.y(y + at[1] + at[3] / 2)),
                            edge(square.x(x + at[0] + at[2] / 2))),
                    points));
        }
    }

    /** One box for a face: many anchors see the same one. */
    private List<Face> best(List<Face> faces) {
        List<Detection> kept =
                Detection.suppressed(faces.stream().map(Face::detection).toList(), iou, most);
        return faces.stream()
                .filter(face -> kept.stream().anyMatch(detection -> detection == face.detection()))
                .sorted(Comparator.comparingDouble(
                                (Face face) -> face.detection().score())
                        .reversed())
                .toList();
    }

    private static float[] output(List<Graph.Made> made, int anchors, int columns) {
        for (Graph.Made each : made) {
            long[] shape = each.shape();
            if (shape.length == 3 && shape[1] == anchors && shape[2] == columns) {
                return each.numbers();
            }
        }
        throw new IllegalStateException(
                "the model has no output of shape [1," + anchors + "," + columns + "], as BlazeFace has");
    }

    private static JsonObject json(Face face) {
        JsonObject points = new JsonObject();
        for (int i = 0; i < POINTS.size(); i++) {
            JsonObject point = new JsonObject();
            point.addProperty("left", Detection.round(face.points()[2 * i]));
            point.addProperty("top", Detection.round(face.points()[2 * i + 1]));
            points.add(POINTS.get(i), point);
        }
        JsonObject json = face.detection().json("face");
        json.add("points", points);
        return json;
    }

    private static float edge(float number) {
        return Math.clamp(number, 0f, 1f);
    }
}
