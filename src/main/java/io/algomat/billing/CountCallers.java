package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How many owners called, told to publishers who are not told their names. */
@ApplicationScoped
public class CountCallers {
    private static final String COUNT = """
            SELECT %s AS value, g.callers FROM (
                SELECT %s AS id, count(DISTINCT c.caller_id) AS callers FROM charge_sum c
                WHERE %s AND c.day BETWEEN ? AND ? GROUP BY 1) g %s
            """;
    private static final String ALL =
            "SELECT count(DISTINCT c.caller_id) FROM charge_sum c WHERE %s AND c.day BETWEEN ? AND ?";

    /** @param all who called several are counted once */
    public record Callers(long all, Map<String, Long> byValue) {
        public long of(String value) {
            return byValue.getOrDefault(value, 0L);
        }
    }

    private final Snapshot snapshot;

    CountCallers(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public Callers of(Slice slice, Period period, Dimension by) {
        Object[] values = ChargeReport.values(slice, period).toArray();
        String condition = Condition.of(slice).sql();
        return snapshot.read(connection -> {
            Map<String, Long> counts = new HashMap<>();
            Rows.list(
                    connection,
                    COUNT.formatted(by.value(), by.group(), condition, by.join()),
                    row -> counts.put(row.getString("value"), row.getLong("callers")),
                    values);
            long all = Rows.first(connection, ALL.formatted(condition), row -> row.getLong(1), values)
                    .orElse(0L);
            return new Callers(all, Map.copyOf(counts));
        });
    }
}
