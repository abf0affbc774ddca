package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** How many owners called, told to publishers who are not told their names. */
@ApplicationScoped
public class CountCallers {
    private static final String COUNT = """
            WITH met AS MATERIALIZED (
                SELECT DISTINCT %s AS id, c.caller_id FROM charge_sum c WHERE %s AND c.day BETWEEN ? AND ?)
            SELECT %s AS value, g.callers, (SELECT count(DISTINCT caller_id) FROM met) AS every
            FROM (SELECT id, count(*) AS callers FROM met GROUP BY 1) g %s
            """;

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
            long[] all = new long[1];
            Rows.list(
                    connection,
                    COUNT.formatted(by.group(), condition, by.value(), by.join()),
                    row -> {
                        all[0] = row.getLong("every");
                        return counts.put(row.getString("value"), row.getLong("callers"));
                    },
                    values);
            return new Callers(all[0], Map.copyOf(counts));
        });
    }
}
