package io.algomat.billing;

import io.algomat.platform.Labels;
import io.algomat.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single charges, newest first. */
@ApplicationScoped
public class ChargeList {
    /** @param keyId the API key that was used, or null for a call from a page */
    public record Line(
            UUID callId,
            Instant at,
            String caller,
            String algorithm,
            String version,
            @Nullable Long keyId,
            String device,
            long billedMillis,
            Sums sums,
            Charge.@Nullable Metered metered,
            Labels labels) {}

    private static final int CHUNK = 1000;
    /** Less than every call's id. */
    private static final UUID NO_CALL = new UUID(0, 0);

    private static final String LINES = """
            SELECT c.*, c.total AS gross, owner.name AS caller
            FROM charge c JOIN owner ON owner.id = c.caller_id
            WHERE %s AND c.charged_at >= ? AND (c.charged_at, c.call_id) < (?, ?)
            ORDER BY c.charged_at DESC, c.call_id DESC LIMIT ?
            """;
    /** From the roll-up: counting the charges themselves takes long where there are millions. */
    private static final String COUNT = "SELECT coalesce(sum(c.calls), 0) FROM %s c WHERE %s AND c.day BETWEEN ? AND ?";

    private final Snapshot snapshot;

    ChargeList(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public Page<Line> page(Slice slice, Period period, int number, int size) {
        int sane = Page.sane(number);
        return snapshot.read(connection -> {
            List<Object> values = values(slice, period.start(), period.end(), NO_CALL, size);
            values.add((long) (sane - 1) * size);
            String condition = Condition.ofCharges(slice).sql();
            List<Line> lines =
                    Rows.list(connection, LINES.formatted(condition) + " OFFSET ?", ChargeList::line, values.toArray());
            long total = Rows.first(
                            connection,
                            COUNT.formatted(
                                    Condition.view(slice, Set.of()),
                                    Condition.of(slice).sql()),
                            row -> row.getLong(1),
                            ChargeReport.values(slice, period).toArray())
                    .orElse(0L);
            return new Page<>(lines, sane, size, total);
        });
    }

    private static List<Object> values(Slice slice, Object... more) {
        List<Object> values = new ArrayList<>(Condition.ofCharges(slice).values());
        values.addAll(List.of(more));
        return values;
    }

    /**
     * Hands over all of them one by one, without holding them in memory. No connection is held while the reader has one
     * in hand: it may be somebody who downloads slowly. Charges never change, so that the parts fit together.
     */
    public void each(Slice slice, Period period, Consumer<Line> reader) {
        Instant before = period.end();
        UUID beforeCall = NO_CALL;
        List<Line> chunk;
        do {
            chunk = chunk(slice, period, before, beforeCall);
            chunk.forEach(reader);
            if (!chunk.isEmpty()) {
                before = chunk.getLast().at();
                beforeCall = chunk.getLast().callId();
            }
        } while (chunk.size() == CHUNK);
    }

    private List<Line> chunk(Slice slice, Period period, Instant before, UUID beforeCall) {
        return snapshot.read(connection -> Rows.list(
                connection,
                LINES.formatted(Condition.ofCharges(slice).sql()),
                ChargeList::line,
                values(slice, period.start(), before, beforeCall, CHUNK).toArray()));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getObject("call_id", UUID.class),
                Rows.time(row, "charged_at"),
                row.getString("caller"),
                row.getString("algorithm"),
                row.getString("version"),
                row.getObject("key_id", Long.class),
                row.getString("device"),
                row.getLong("billed_ms"),
                Sums.read(row),
                ChargeRows.metered(row),
                Labels.ofJson(row.getString("labels")));
    }
}
