package io.algomat.web.calls;

import io.algomat.calls.LoggedCall;
import java.util.Locale;

/** A call's time as one bar: each part's start and width in per cent of the whole, times in milliseconds. */
public record Timeline(Part queue, Part cold, Part compute, double platformMs, double totalMs) {
    /** A part of the bar; {@code x} and {@code width} as SVG takes them. */
    public record Part(String x, String width, double ms) {}

    static Timeline of(LoggedCall.Micros micros) {
        double whole = Math.max(1, Math.max(micros.total(), micros.queue() + micros.cold() + micros.compute()));
        return new Timeline(
                part(0, micros.queue(), whole),
                part(micros.queue(), micros.cold(), whole),
                part(micros.queue() + micros.cold(), micros.compute(), whole),
                micros.platform() / 1e3,
                micros.total() / 1e3);
    }

    /** @param whole what the bar is wide, in microseconds as the others */
    static Part part(long from, long micros, double whole) {
        return new Part(percent(from / whole), percent(micros / whole), micros / 1e3);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share);
    }
}
