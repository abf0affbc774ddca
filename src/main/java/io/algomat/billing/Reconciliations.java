package io.algomat.billing;

import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The reconciliations that were made, the newest first. */
@ApplicationScoped
public class Reconciliations {
    private static final Duration KEPT = Duration.ofDays(90);

    private static final String KEEP = """
            WITH made AS (INSERT INTO reconciliation (started_at, took_ms, actor_id) VALUES (?, ?, ?) RETURNING id)
            INSERT INTO reconciliation_finding (reconciliation_id, rule, differences, took_ms)
            SELECT made.id, found.rule, found.differences, found.took
            FROM made, unnest(?, ?, ?) AS found (rule, differences, took)
            """;
    private static final String NEWEST = """
            SELECT r.started_at, r.took_ms, owner.name AS actor, array_agg(f.rule ORDER BY f.rule) AS rules,
                   array_agg(f.differences ORDER BY f.rule) AS differences, array_agg(f.took_ms ORDER BY f.rule) AS took
            FROM (SELECT * FROM reconciliation ORDER BY started_at DESC, id DESC LIMIT ?) r
            JOIN reconciliation_finding f ON f.reconciliation_id = r.id
            LEFT JOIN owner ON owner.id = r.actor_id
            GROUP BY r.id, r.started_at, r.took_ms, owner.name ORDER BY r.started_at DESC, r.id DESC
            """;

    private final Sql sql;

    Reconciliations(Sql sql) {
        this.sql = sql;
    }

    void keep(Reconciliation made, @Nullable Long actorId) {
        sql.update(
                KEEP,
                made.startedAt(),
                made.took().toMillis(),
                actorId,
                made.findings().stream().map(finding -> finding.rule().name()).toArray(String[]::new),
                made.findings().stream()
                        .map(Reconciliation.Finding::differences)
                        .toArray(Long[]::new),
                made.findings().stream()
                        .map(finding -> finding.took().toMillis())
                        .toArray(Long[]::new));
        sql.update(
                "DELETE FROM reconciliation WHERE started_at < ?",
                made.startedAt().minus(KEPT));
    }

    public Optional<Reconciliation> last() {
        return newest(1).stream().findFirst();
    }

    public List<Reconciliation> newest(int most) {
        return sql.list(NEWEST, Reconciliations::read, most);
    }

    /** What charges added up to since the roll-ups were folded last: rows that reports add up by themselves. */
    public long unfolded() {
        return sql.count("SELECT count(*) FROM charge_delta");
    }

    private static Reconciliation read(ResultSet row) throws SQLException {
        String[] rules = (String[]) row.getArray("rules").getArray();
        Long[] differences = (Long[]) row.getArray("differences").getArray();
        Long[] took = (Long[]) row.getArray("took").getArray();
        // A rule of another release than this one has no name here.
        List<Reconciliation.Finding> findings = Arrays.stream(LedgerRule.values())
                .map(rule -> {
                    int at = Arrays.asList(rules).indexOf(rule.name());
                    return at < 0
                            ? null
                            : new Reconciliation.Finding(rule, differences[at], Duration.ofMillis(took[at]));
                })
                .filter(Objects::nonNull)
                .toList();
        Instant started = Sql.time(row, "started_at");
        return new Reconciliation(started, Duration.ofMillis(row.getLong("took_ms")), row.getString("actor"), findings);
    }
}
