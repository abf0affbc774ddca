package io.algomat.billing;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which groups changed most against the period before. */
@ApplicationScoped
public class Movers {
    private static final int MOST = 10;

    private static final String MOVED = """
            SELECT %s AS value, g.gross, g.before FROM (
                SELECT %s AS id, coalesce(sum(c.royalty + c.compute) FILTER (WHERE c.day >= ?), 0) AS gross,
                       coalesce(sum(c.royalty + c.compute) FILTER (WHERE c.day < ?), 0) AS before
                FROM %s c WHERE %s AND c.day BETWEEN ? AND ? GROUP BY 1) g %s
            WHERE gross <> before ORDER BY abs(gross - before) DESC, value LIMIT ?
            """;

    /** @param before the gross of the period before, which is as long */
    public record Mover(String value, Credits gross, Credits before) {
        public Credits change() {
            return gross.minus(before);
        }
    }

    private final Snapshot snapshot;

    Movers(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** The ten that moved most, whether up or down. */
    public List<Mover> of(Slice slice, Period period, Dimension by) {
        long days = ChronoUnit.DAYS.between(period.from(), period.through()) + 1;
        Condition condition = Condition.of(slice);
        List<Object> values = new ArrayList<>(List.of(period.from(), period.from()));
        values.addAll(condition.values());
        values.addAll(List.of(period.from().minusDays(days), period.through(), MOST));
        String sql =
                MOVED.formatted(by.value(), by.group(), Condition.view(slice, Set.of(by)), condition.sql(), by.join());
        return snapshot.read(connection -> Rows.list(
                connection,
                sql,
                row -> new Mover(
                        row.getString("value"),
                        Credits.micro(row.getLong("gross")),
                        Credits.micro(row.getLong("before"))),
                values.toArray()));
    }
}
