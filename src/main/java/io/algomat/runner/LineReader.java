package io.algomat.runner;

import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of one line's picture: a graph that gives, from left to right, how likely each character is. */
final class LineReader {
    static final int HEIGHT = 48;
    private static final int LEAST_WIDTH = 320;
    private static final int MOST_WIDTH = 3200;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final Graph graph;
    private final String input;
    /** By column of the output; the first stands for no character. */
    private final List<String> characters;

    record Read(String text, float confidence) {}

    LineReader(Path model, Path keys) throws LoadException, IOException {
        this.graph = new Graph(OnnxModel.load(model));
        this.input = graph.inputs().iterator().next();
        this.characters = new ArrayList<>(List.of(""));
        characters.addAll(Files.readAllLines(keys));
        characters.add(" ");
        try {
            Graph.Made made = run(new float[3 * HEIGHT * LEAST_WIDTH], LEAST_WIDTH);
            long columns = made.shape()[made.shape().length - 1];
            if (columns != characters.size()) {
                throw new LoadException(
                        "the model that reads knows " + columns + " characters, and the file of them has "
                                + (characters.size() - 2) + "; expected two fewer than the model");
            }
        } catch (TranslateException e) {
            throw new LoadException("the model that reads takes no line of text: " + OnnxModel.innermost(e), e);
        }
    }

    Read read(Picture line) throws TranslateException {
        int width = Math.clamp((long) Math.ceil((double) HEIGHT * line.width() / line.height()), 1, MOST_WIDTH);
        int padded = Math.max(LEAST_WIDTH, width);
        Graph.Made made = run(padded(BgrPlanes.of(line, width, HEIGHT, HALF, HALF), width, padded), padded);
        int columns = characters.size();
        StringBuilder text = new StringBuilder();
        float sum = 0;
        int count = 0;
        int last = 0;
        for (int step = 0; step < made.numbers().length / columns; step++) {
            int best = 0;
            for (int column = 1; column < columns; column++) {
                if (made.numbers()[step * columns + column] > made.numbers()[step * columns + best]) {
                    best = column;
                }
            }
            // The same character in a row is one that is wide; the column for none stands between real doubles.
            if (best != 0 && best != last) {
                text.append(characters.get(best));
                sum += made.numbers()[step * columns + best];
                count++;
            }
            last = best;
        }
        return new Read(text.toString().strip(), count == 0 ? 0 : sum / count);
    }

    private Graph.Made run(float[] planes, int width) throws TranslateException {
        return graph.run(new Graph.Fed(input, planes, 1, 3, HEIGHT, width)).getFirst();
    }

    /** What is added on the right is the middle of the range, as in the model's training. */
    private static float[] padded(float[] planes, int width, int padded) {
        if (width == padded) {
            return planes;
        }
        float[] wide = new float[3 * HEIGHT * padded];
        for (int row = 0; row < 3 * HEIGHT; row++) {
            System.arraycopy(planes, row * width, wide, row * padded, width);
        }
        return wide;
    }
}
