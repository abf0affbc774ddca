package io.algomat.billing;

import io.algomat.platform.Labels;
import io.algomat.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
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
            Labels labels) {}

    private static final int CHUNK = 1000;
    /** Less than every call's id. */
    private static final UUID NO_CALL = new UUID(0, 0);

    private static final String FROM = " FROM charge WHERE %s AND charged_at >= ? AND charged_at < ?";
    private static final String LINES = """
            SELECT charge.*, charge.total AS gross, owner.name AS caller
            FROM charge JOIN owner ON owner.id = charge.caller_id
            WHERE %s AND charged_at >= ? AND (charged_at, call_id) < (?, ?)
            ORDER BY charged_at DESC, call_id DESC LIMIT ?
            """;

    private final Snapshot snapshot;

    ChargeList(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public Page<Line> page(Whose whose, Period period, int number, int size) {
        int sane = Page.sane(number);
        return snapshot.read(connection -> {
            List<Line> lines = Rows.list(
                    connection,
                    LINES.formatted(whose.condition()) + " OFFSET ?",
                    ChargeList::line,
                    whose.id(),
                    period.start(),
                    period.end(),
                    NO_CALL,
                    size,
                    (long) (sane - 1) * size);
            long total = Rows.first(
                            connection,
                            "SELECT count(*)" + FROM.formatted(whose.condition()),
                            row -> row.getLong(1),
                            whose.id(),
                            period.start(),
                            period.end())
                    .orElse(0L);
            return new Page<>(lines, sane, size, total);
        });
    }

    /**
     * Hands over all of them one by one, without holding them in memory. No connection is held while the reader has one
     * in hand: it may be somebody who downloads slowly. Charges never change, so that the parts fit together.
     */
    public void each(Whose whose, Period period, Consumer<Line> reader) {
        Instant before = period.end();
        UUID beforeCall = NO_CALL;
        List<Line> chunk;
        do {
            chunk = chunk(whose, period, before, beforeCall);
            chunk.forEach(reader);
            if (!chunk.isEmpty()) {
                before = chunk.getLast().at();
                beforeCall = chunk.getLast().callId();
            }
        } while (chunk.size() == CHUNK);
    }

    private List<Line> chunk(Whose whose, Period period, Instant before, UUID beforeCall) {
        return snapshot.read(connection -> Rows.list(
                connection,
                LINES.formatted(whose.condition()),
                ChargeList::line,
                whose.id(),
                period.start(),
                before,
                beforeCall,
                CHUNK));
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
                Labels.ofJson(row.getString("labels")));
    }
}
