package io.algomat.accounts;

import io.algomat.platform.Page;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the audit log. */
@ApplicationScoped
public class AuditLog {
    /** @param actor null for the system itself */
    public record Entry(
            Instant at,
            @Nullable String actor,
            String act,
            String subject,
            @Nullable String reason) {}

    private static final String MATCHING = """
             FROM audit a LEFT JOIN owner o ON o.id = a.actor_id
            WHERE (? = '' OR a.act = ?)
              AND strpos(lower(concat_ws(' ', o.name, a.subject, a.reason)), lower(?)) > 0
            """;
    private static final int SIZE = 50;

    private final Sql sql;

    AuditLog(Sql sql) {
        this.sql = sql;
    }

    /**
     * The newest first.
     *
     * @param act one act, or empty for all
     * @param text what actor, subject or reason contain, or empty
     */
    public Page<Entry> search(String act, String text, int number) {
        int page = Page.sane(number);
        return new Page<>(
                sql.list(
                        "SELECT a.at, o.name AS actor, a.act, a.subject, a.reason" + MATCHING
                                + " ORDER BY a.at DESC, a.id DESC LIMIT ? OFFSET ?",
                        row -> new Entry(
                                Sql.time(row, "at"),
                                row.getString("actor"),
                                row.getString("act"),
                                row.getString("subject"),
                                row.getString("reason")),
                        act,
                        act,
                        text.strip(),
                        SIZE,
                        (page - 1) * SIZE),
                page,
                SIZE,
                sql.count("SELECT count(*)" + MATCHING, act, act, text.strip()));
    }

    /** The acts that occur, to choose from. */
    public List<String> acts() {
        return sql.list("SELECT DISTINCT act FROM audit ORDER BY act", row -> row.getString("act"));
    }
}
