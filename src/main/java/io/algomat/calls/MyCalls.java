package io.algomat.calls;

import io.algomat.billing.Charge;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Labels;
import io.algomat.platform.Page;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.platform.Units;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an account called: its own calls and nobody else's; lists show what was called from outside. */
@ApplicationScoped
public class MyCalls {
    /**
     * @param algorithm part of {@code owner/name}, or empty for all
     * @param outcome null for every outcome
     * @param labels all of which a call has to have
     */
    public record Filter(String algorithm, @Nullable Outcome outcome, Instant from, Labels labels) {}

    /**
     * Figures over all calls that a filter finds.
     *
     * @param free failed or cancelled; a call whose charge is unconfirmed is neither that nor succeeded
     */
    public record Summary(long calls, long succeeded, long free, Credits spent, Credits promo) {}

    /** What a filter finds: figures over all of it, and one page of it. */
    public record Found(Summary summary, Page<LoggedCall> calls) {}

    private static final int CHUNK = 1000;
    /** Above every call's id. */
    private static final UUID LAST = new UUID(-1, -1);

    private static final String WHERE = """
            FROM call_log
            WHERE caller_id = ? AND started_at >= ? AND root_id IS NULL
              AND strpos(lower(algorithm), lower(?)) > 0 AND coalesce(outcome = ?, true) AND labels @> ?::jsonb
            """;

    private final Sql sql;
    private final CallLog log;

    MyCalls(Sql sql, CallLog log) {
        this.sql = sql;
        this.log = log;
    }

    /** The newest first. */
    public Found find(long caller, Filter filter, int page) {
        log.flush();
        int number = Page.sane(page);
        List<LoggedCall> calls = sql.list(
                "SELECT * " + WHERE + " ORDER BY id DESC LIMIT ? OFFSET ?",
                MyCalls::read,
                caller,
                filter.from(),
                filter.algorithm(),
                wire(filter),
                filter.labels().json(),
                Page.DEFAULT_SIZE,
                (number - 1) * Page.DEFAULT_SIZE);
        Summary summary = summary(caller, filter);
        return new Found(summary, new Page<>(calls, number, Page.DEFAULT_SIZE, summary.calls()));
    }

    /**
     * Hands over all of them one by one, the newest first, without holding them in memory, nor a connection while the
     * reader has one in hand: it may be somebody who downloads slowly.
     */
    public void each(long caller, Filter filter, Consumer<LoggedCall> reader) {
        log.flush();
        UUID before = LAST;
        List<LoggedCall> chunk;
        do {
            chunk = sql.list(
                    "SELECT * " + WHERE + " AND id < ? ORDER BY id DESC LIMIT ?",
                    MyCalls::read,
                    caller,
                    filter.from(),
                    filter.algorithm(),
                    wire(filter),
                    filter.labels().json(),
                    before,
                    CHUNK);
            chunk.forEach(reader);
            if (!chunk.isEmpty()) {
                before = chunk.getLast().callId();
            }
        } while (chunk.size() == CHUNK);
    }

    private Summary summary(long caller, Filter filter) {
        return sql.list(
                        "SELECT count(*) AS calls, count(*) FILTER (WHERE outcome = 'succeeded') AS succeeded,"
                                + " count(*) FILTER (WHERE outcome IN ('failed', 'cancelled')) AS free,"
                                + " coalesce(sum(whole), 0) AS cost, coalesce(sum(whole_promo), 0) AS promo " + WHERE,
                        row -> new Summary(
                                row.getLong("calls"),
                                row.getLong("succeeded"),
                                row.getLong("free"),
                                Credits.micro(row.getLong("cost")),
                                Credits.micro(row.getLong("promo"))),
                        caller,
                        filter.from(),
                        filter.algorithm(),
                        wire(filter),
                        filter.labels().json())
                .getFirst();
    }

    /** @throws Problem not-found, also for a call of somebody else's */
    public LoggedCall call(long caller, UUID id) {
        log.flush();
        return sql.first("SELECT * FROM call_log WHERE id = ? AND caller_id = ?", MyCalls::read, id, caller)
                .orElseThrow(() -> Problem.of(
                        ErrorCode.NOT_FOUND,
                        "There is no call " + Ids.callText(id) + " of yours, or it is older than the call log"));
    }

    /** All calls that were made below a call from outside, in the order in which they began. */
    public List<LoggedCall> below(long caller, UUID root) {
        return sql.list(
                "SELECT * FROM call_log WHERE root_id = ? AND caller_id = ? ORDER BY id", MyCalls::read, root, caller);
    }

    private static LoggedCall.@Nullable Inside inside(ResultSet row) throws SQLException {
        UUID root = row.getObject("root_id", UUID.class);
        return root == null
                ? null
                : new LoggedCall.Inside(
                        root, row.getObject("parent_id", UUID.class), row.getString("step"), row.getLong("offset_us"));
    }

    private static @Nullable String wire(Filter filter) {
        return filter.outcome() == null ? null : filter.outcome().wire();
    }

    private static LoggedCall read(ResultSet row) throws SQLException {
        return new LoggedCall(
                row.getObject("id", UUID.class),
                row.getLong("caller_id"),
                row.getObject("key_id", Long.class),
                row.getLong("publisher_id"),
                row.getString("algorithm"),
                row.getLong("version_id"),
                row.getString("version"),
                row.getString("front"),
                inside(row),
                Outcome.of(row.getString("outcome")),
                row.getString("error_type"),
                new LoggedCall.Where(row.getString("worker"), row.getString("device"), row.getInt("attempts")),
                new LoggedCall.Micros(
                        row.getLong("queue_us"),
                        row.getLong("cold_us"),
                        row.getLong("compute_us"),
                        row.getLong("total_us")),
                new LoggedCall.Receipt(
                        Credits.micro(row.getLong("cost")),
                        Credits.micro(row.getLong("royalty")),
                        Credits.micro(row.getLong("fee")),
                        Credits.micro(row.getLong("compute")),
                        Credits.micro(row.getLong("promo")),
                        Credits.micro(row.getLong("whole")),
                        Credits.micro(row.getLong("whole_promo")),
                        metered(row)),
                Labels.ofJson(row.getString("labels")));
    }

    private static Charge.@Nullable Metered metered(ResultSet row) throws SQLException {
        String metric = row.getString("unit_metric");
        return metric == null
                ? null
                : new Charge.Metered(metric, new Units(row.getLong("units")), Credits.micro(row.getLong("unit_cost")));
    }
}
