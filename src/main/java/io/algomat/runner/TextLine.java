package io.algomat.runner;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A line of text and where it stands, in pixels of the picture. */
record TextLine(String text, float confidence, TurnedBox box) {

    /** Row by row from the top, each from the left. Boxes whose middles differ by less than half a height are one row. */
    static List<TextLine> inReadingOrder(List<TextLine> lines) {
        List<TextLine> byTop = new ArrayList<>(lines);
        byTop.sort(Comparator.comparingDouble(line -> line.box.y()));
        List<TextLine> ordered = new ArrayList<>();
        List<TextLine> row = new ArrayList<>();
        for (TextLine line : byTop) {
            if (!row.isEmpty()
                    && line.box.y() - row.getFirst().box.y()
                            > row.getFirst().box.height() / 2) {
                flush(row, ordered);
            }
            row.add(line);
        }
        flush(row, ordered);
        return ordered;
    }

    private static void flush(List<TextLine> row, List<TextLine> ordered) {
        row.sort(Comparator.comparingDouble(line -> line.box.x()));
        ordered.addAll(row);
        row.clear();
    }

    /** Points are in fractions of the picture: top left, top right, bottom right, bottom left. */
    JsonObject json(int width, int height) {
        JsonArray points = new JsonArray();
        for (TurnedBox.Point corner : box.corners()) {
            JsonObject point = new JsonObject();
            point.addProperty("left", Detection.round((float) (corner.x() / width)));
            point.addProperty("top", Detection.round((float) (corner.y() / height)));
            points.add(point);
        }
        JsonObject json = new JsonObject();
        json.addProperty("text", text);
        json.addProperty("confidence", Detection.round(confidence));
        json.add("points", points);
        return json;
    }
}
