package io.algomat.accounts;

import io.algomat.platform.Page;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
@ApplicationScoped
public class AuditLog {
    /**
     * One act.
     *
     * @param actor null for the system itself, and for whoever is not known
     * @param keyId the API key that it came by, or null
     * @param address empty for what did not come over the network
     */
    public record Entry(
            long id,
            Instant at,
            @Nullable String actor,
            @Nullable Long keyId,
            String address,
            String act,
            String subject,
            @Nullable String reason,
            @Nullable String before,
            @Nullable String after) {}

    /**
     * What to look for; the whole log without any of it.
     *
     * @param act one act, or empty for all
     * @param text what actor, address, subject, reason or the change contain, or empty
     * @param until the first instant that is too late
     */
    public record Filter(
            String act,
            String text,
            @Nullable Instant from,
            @Nullable Instant until) {}

    private static final String COLUMNS =
            "SELECT a.id, a.at, o.name AS actor, a.key_id, a.address, a.act, a.subject, a.reason, a.before, a.after";
    private static final String MATCHING = """
             FROM audit a LEFT JOIN owner o ON o.id = a.actor_id
            WHERE (? = '' OR a.act = ?)
              AND (? = '' OR strpos(lower(concat_ws(' ', o.name, a.address, a.subject, a.reason, a.before, a.after)),
                                    lower(?)) > 0)
              AND (?::timestamptz IS NULL OR a.at >= ?::timestamptz)
              AND (?::timestamptz IS NULL OR a.at < ?::timestamptz)
            """;
    /** What concerns one account: what it did, and what was done to it. Where others acted from is not its business. */
    private static final String CONCERNING = """
            SELECT a.id, a.at, o.name AS actor, a.key_id, a.act, a.subject, a.reason, a.before, a.after,
                   CASE WHEN a.actor_id = ? OR a.act = 'session.refuse' THEN a.address ELSE '' END AS address
             FROM audit a LEFT JOIN owner o ON o.id = a.actor_id
            WHERE a.id IN (SELECT id FROM audit WHERE actor_id = ?
                           UNION SELECT id FROM audit WHERE subject = 'user:' || ?
                           UNION SELECT l.id FROM audit l JOIN api_key k ON l.subject = 'key:' || k.id WHERE k.owner_id = ?)
            ORDER BY a.id DESC LIMIT ?
            """;

    private static final int SIZE = 50;
    private static final int BATCH = 1000;

    private final Sql sql;

    AuditLog(Sql sql) {
        this.sql = sql;
    }

    /** The newest first. */
    public Page<Entry> search(Filter filter, int number) {
        int page = Page.sane(number);
        return new Page<>(
                sql.list(
                        COLUMNS + MATCHING + " ORDER BY a.id DESC LIMIT ? OFFSET ?",
                        AuditLog::entry,
                        values(filter, SIZE, (page - 1) * SIZE)),
                page,
                SIZE,
                sql.count("SELECT count(*)" + MATCHING, values(filter)));
    }

    /** All that match, the newest first; read a thousand at a time, so that a log of any length fits. */
    public void each(Filter filter, Consumer<Entry> act) {
        long below = Long.MAX_VALUE;
        List<Entry> batch;
        do {
            batch = sql.list(
                    COLUMNS + MATCHING + " AND a.id < ? ORDER BY a.id DESC LIMIT ?",
                    AuditLog::entry,
                    values(filter, below, BATCH));
            for (Entry entry : batch) {
                act.accept(entry);
                below = entry.id();
            }
        } while (batch.size() == BATCH);
    }

    /** The last acts of and upon an account, the newest first. */
    public List<Entry> concerning(Caller account, int most) {
        long id = account.ownerId();
        return sql.list(CONCERNING, AuditLog::entry, id, id, account.name(), id, most);
    }

    /** The acts that occur, to choose from. */
    public List<String> acts() {
        return sql.list("SELECT DISTINCT act FROM audit ORDER BY act", row -> row.getString("act"));
    }

    private static @Nullable Object[] values(Filter filter, Object... more) {
        String text = filter.text().strip();
        @Nullable
        Object[] all = {
            filter.act(), filter.act(), text, text, filter.from(), filter.from(), filter.until(), filter.until()
        };
        @Nullable Object[] values = java.util.Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, values, all.length, more.length);
        return values;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                Sql.time(row, "at"),
                row.getString("actor"),
                row.getObject("key_id", Long.class),
                row.getString("address"),
                row.getString("act"),
                row.getString("subject"),
                row.getString("reason"),
                row.getString("before"),
                row.getString("after"));
    }
}
