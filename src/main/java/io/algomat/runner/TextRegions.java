package io.algomat.runner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The boxes of lines of text in a map that says of each pixel how likely it lies inside one (differentiable binarization):
 * pixels above a threshold that touch each other are a line's core, and its box is the core's, moved out again by as much as
 * cores are smaller than lines.
 *
 * @param pixel from which a pixel belongs to a core
 * @param box the mean over a core from which it counts
 * @param grow how much the box is moved out: so many times its area over its outline
 */
record TextRegions(double pixel, double box, double grow) {
    private static final int LEAST_SIDE = 3;
    private static final int MOST_REGIONS = 1000;

    List<TurnedBox> in(float[] map, int width, int height) {
        List<TurnedBox> found = new ArrayList<>();
        boolean[] seen = new boolean[map.length];
        for (int start = 0; start < map.length && found.size() < MOST_REGIONS; start++) {
            if (!seen[start] && map[start] > pixel) {
                Core core = core(map, width, height, start, seen);
                TurnedBox inner = TurnedBox.around(core.edge);
                if (core.sum / core.count >= box && Math.min(inner.width(), inner.height()) >= LEAST_SIDE) {
                    double outline = 2 * (inner.width() + inner.height());
                    found.add(inner.grown(inner.width() * inner.height() * grow / outline));
                }
            }
        }
        return found;
    }

    private static final class Core {
        final List<TurnedBox.Point> edge = new ArrayList<>();
        double sum;
        int count;
    }

    /** All pixels that are reached from one; the outermost of each row's runs are enough for a hull. */
    private Core core(float[] map, int width, int height, int start, boolean[] seen) {
        Core core = new Core();
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        seen[start] = true;
        while (!open.isEmpty()) {
            int at = open.pop();
            int x = at % width;
            int y = at / width;
            core.sum += map[at];
            core.count++;
            if (x == 0 || x == width - 1 || map[at - 1] <= pixel || map[at + 1] <= pixel) {
                core.edge.add(new TurnedBox.Point(x, y));
            }
            for (int down = Math.max(0, y - 1); down <= Math.min(height - 1, y + 1); down++) {
                for (int across = Math.max(0, x - 1); across <= Math.min(width - 1, x + 1); across++) {
                    int next = down * width + across;
                    if (!seen[next] && map[next] > pixel) {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        return core;
    }
}
