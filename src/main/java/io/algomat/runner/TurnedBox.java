package io.algomat.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A rectangle that may be turned: its middle, its sides, and how far its width is turned from level, in radians, clockwise as
 * pictures go down. The width is the side nearer to level.
 */
record TurnedBox(double x, double y, double width, double height, double angle) {

    record Point(double x, double y) {}

    /** The smallest one around all points. */
    static TurnedBox around(List<Point> points) {
        List<Point> hull = hull(points);
        TurnedBox best = along(hull, 0);
        for (int i = 0; i < hull.size(); i++) {
            Point one = hull.get(i);
            Point next = hull.get((i + 1) % hull.size());
            TurnedBox box = along(hull, Math.atan2(next.y - one.y, next.x - one.x));
            if (box.width * box.height < best.width * best.height - 1e-9) {
                best = box;
            }
        }
        return best;
    }

    /** The same with every side moved out. */
    TurnedBox grown(double by) {
        return new TurnedBox(x, y, width + 2 * by, height + 2 * by, angle);
    }

    TurnedBox scaled(double across, double down) {
        double wide = Math.hypot(width * Math.cos(angle) * across, width * Math.sin(angle) * down);
        double high = Math.hypot(height * Math.sin(angle) * across, height * Math.cos(angle) * down);
        double turned = Math.atan2(Math.sin(angle) * down, Math.cos(angle) * across);
        return new TurnedBox(x * across, y * down, wide, high, turned);
    }

    /** Top left, top right, bottom right, bottom left, as its text would be read. */
    List<Point> corners() {
        return List.of(corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1));
    }

    private Point corner(int across, int down) {
        double right = across * width / 2;
        double below = down * height / 2;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        return new Point(x + right * cos - below * sin, y + right * sin + below * cos);
    }

    /** The box with one side along a direction. */
    private static TurnedBox along(List<Point> hull, double direction) {
        // A quarter turn is the same box with its sides exchanged.
        double angle = direction - Math.PI / 2 * Math.rint(direction / (Math.PI / 2));
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        double left = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        for (Point point : hull) {
            double across = point.x * cos + point.y * sin;
            double down = point.y * cos - point.x * sin;
            left = Math.min(left, across);
            right = Math.max(right, across);
            top = Math.min(top, down);
            bottom = Math.max(bottom, down);
        }
        double across = (left + right) / 2;
        double down = (top + bottom) / 2;
        return new TurnedBox(across * cos - down * sin, across * sin + down * cos, right - left, bottom - top, angle);
    }

    /** Andrew's monotone chain. */
    private static List<Point> hull(List<Point> points) {
        List<Point> sorted = points.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        if (sorted.size() < 3) {
            return sorted;
        }
        List<Point> hull = new ArrayList<>(chain(sorted));
        hull.removeLast();
        hull.addAll(chain(sorted.reversed()));
        hull.removeLast();
        return hull;
    }

    private static List<Point> chain(List<Point> sorted) {
        List<Point> chain = new ArrayList<>();
        for (Point point : sorted) {
            while (chain.size() > 1 && !turnsLeft(chain.get(chain.size() - 2), chain.getLast(), point)) {
                chain.removeLast();
            }
            chain.add(point);
        }
        return chain;
    }

    private static boolean turnsLeft(Point one, Point two, Point three) {
        return (two.x - one.x) * (three.y - one.y) - (two.y - one.y) * (three.x - one.x) > 0;
    }
}
