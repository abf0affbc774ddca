package io.algomat.runner;

import io.algomat.runner.protocol.FrameChannel;
import io.algomat.runner.protocol.Metric;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What this worker's algorithm reports of the call in hand: one sum a name, sent before the call's answer, so that a call
 * that failed reports nothing. A worker has one of them, and any thread of the algorithm's may report.
 */
public final class Reports {
    /** The gateway counts no further; and so a sum stays a number. */
    private static final double MOST = 1e15;

    private static final Map<String, Double> SUMS = new LinkedHashMap<>();
    private static boolean open;

    private Reports() {}

    static void begin() {
        synchronized (SUMS) {
            SUMS.clear();
            open = true;
        }
    }

    static void end() {
        synchronized (SUMS) {
            open = false;
        }
    }

    /**
     * Reports of one name add up.
     *
     * @throws IllegalArgumentException for a value below zero or no number, a name that is none, or too many of them
     * @throws IllegalStateException when no call is in hand
     */
    public static void add(String name, double value) {
        Metric metric = new Metric(name, value);
        synchronized (SUMS) {
            if (!open) {
                throw new IllegalStateException("a metric can be reported only while a call is in hand");
            }
            if (!SUMS.containsKey(name) && SUMS.size() == Metric.MOST_NAMES) {
                throw new IllegalArgumentException("a call may report " + Metric.MOST_NAMES + " metrics, not more");
            }
            SUMS.merge(metric.name(), metric.value(), (before, more) -> Math.min(MOST, before + more));
        }
    }

    static void send(FrameChannel data, UUID callId) throws IOException {
        Map<String, Double> sums;
        synchronized (SUMS) {
            sums = Map.copyOf(SUMS);
            SUMS.clear();
        }
        for (Map.Entry<String, Double> sum : sums.entrySet()) {
            data.write(new Metric(sum.getKey(), sum.getValue()).frame(callId));
        }
    }
}
