package io.algomat.runner;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One thing found in a picture; edges are fractions of the picture's width and height. */
record Detection(int column, float score, float top, float left, float bottom, float right) {

    /** Keeps, of detections of one class that overlap by more than {@code iou}, the one with the highest score. */
    static List<Detection> suppressed(List<Detection> found, double iou, int most) {
        List<Detection> kept = new ArrayList<>();
        for (Detection next : found.stream()
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .toList()) {
            boolean covered = kept.stream().anyMatch(other -> other.column == next.column && other.overlap(next) > iou);
            if (!covered) {
                kept.add(next);
            }
            if (kept.size() == most) {
                break;
            }
        }
        return kept;
    }

    JsonObject json(String label) {
        JsonObject box = new JsonObject();
        box.addProperty("left", round(left));
        box.addProperty("top", round(top));
        box.addProperty("width", round(right - left));
        box.addProperty("height", round(bottom - top));
        JsonObject json = new JsonObject();
        json.addProperty("label", label);
        json.addProperty("score", round(score));
        json.add("box", box);
        return json;
    }

    private double overlap(Detection other) {
        double width = Math.min(right, other.right) - Math.max(left, other.left);
        double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double both = width * height;
        return both / (area() + other.area() - both);
    }

    private double area() {
        return (double) (right - left) * (bottom - top);
    }

    static double round(float number) {
        return Math.round(number * 10_000.0) / 10_000.0;
    }
}
