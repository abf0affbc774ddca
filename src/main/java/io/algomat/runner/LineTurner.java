package io.algomat.runner;

import ai.djl.translate.TranslateException;
import java.nio.file.Path;

/** Whether a line of text stands on its head. */
final class LineTurner {
    private static final int WIDTH = 192;
    private static final int HEIGHT = 48;
    private static final float[] HALF = {0.5f, 0.5f, 0.5f};

    private final Graph graph;
    private final String input;
    private final double sure;

    /** @param sure from which share on a line is turned, 0 to 1 */
    LineTurner(Path model, double sure) throws LoadException {
        this.graph = new Graph(OnnxModel.load(model));
        this.input = graph.inputs().iterator().next();
        this.sure = sure;
        try {
            int given = shares(new float[3 * WIDTH * HEIGHT]).length;
            if (given != 2) {
                throw new LoadException("the model for upside-down lines gives " + given + " numbers; expected two");
            }
        } catch (TranslateException | RuntimeException e) {
            throw new LoadException(
                    "the model for upside-down lines takes no line of text: " + OnnxModel.innermost(e), e);
        }
    }

    /** The line as it can be read. */
    Picture upright(Picture line) throws TranslateException {
        int width = (int) Math.clamp(Math.ceil((double) HEIGHT * line.width() / line.height()), 1, WIDTH);
        float[] planes = BgrPlanes.of(line, width, HEIGHT, HALF, HALF);
        float[] padded = new float[3 * WIDTH * HEIGHT];
        for (int row = 0; row < 3 * HEIGHT; row++) {
            System.arraycopy(planes, row * width, padded, row * WIDTH, width);
        }
        return shares(padded)[1] >= sure ? line.turned(2) : line;
    }

    private float[] shares(float[] planes) throws TranslateException {
        return graph.run(new Graph.Fed(input, planes, 1, 3, HEIGHT, WIDTH))
                .getFirst()
                .numbers();
    }
}
