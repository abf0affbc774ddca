package io.algomat.workers;

import io.algomat.platform.Units;
import io.algomat.runner.protocol.Metric;
import io.algomat.runner.protocol.ProtocolException;
import java.util.Map;
import java.util.TreeMap;

/** What one call has reported so far. Touched by its worker's reader thread alone. */
final class Metrics {
    private Map<String, Units> byName = Map.of();

    /** Reports of one name add up. */
    void add(Metric metric) throws ProtocolException {
        if (byName.isEmpty()) {
            byName = new TreeMap<>();
        }
        byName.merge(metric.name(), Units.reported(metric.value()), Units::plus);
        if (byName.size() > Metric.MOST_NAMES) {
            throw new ProtocolException("a call with more than " + Metric.MOST_NAMES + " metrics");
        }
    }

    Map<String, Units> byName() {
        return byName;
    }
}
