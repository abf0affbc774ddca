package io.algomat.billing;

import io.algomat.platform.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Closes a month: one transaction makes all of its invoices, with numbers that leave none out, and seals the journal; or
 * nothing of it.
 */
@ApplicationScoped
class CloseMonth {
    /** A serialization failure: another gateway closed it while this one waited for the month's row. */
    private static final String OTHER_WAS_FIRST = "40001";

    private static final String CLOSE = "INSERT INTO period_close (period) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String LAST_NUMBER = "SELECT last FROM invoice_counter FOR UPDATE";

    /** Calls that cost something, and what was given back, by caller, algorithm, version and key. */
    private static final String ISSUE = """
            WITH line AS MATERIALIZED (
                SELECT c.caller_id AS owner_id, 'calls' AS kind, c.algorithm, c.version, c.key_id, count(*) AS calls,
                       sum(c.billed_ms) AS billed_ms, sum(c.royalty) AS royalty, sum(c.compute) AS compute,
                       sum(c.promo) AS promo, sum(c.units) AS units, max(c.unit_metric) AS unit_metric
                FROM charge c JOIN owner o ON o.id = c.caller_id AND NOT o.guest
                WHERE c.charged_at >= ? AND c.charged_at < ? AND c.posting_id IS NOT NULL
                GROUP BY c.caller_id, c.algorithm, c.version, c.key_id
                UNION ALL
                SELECT c.caller_id, 'refunds', c.algorithm, c.version, c.key_id, count(*), 0,
                       -sum(r.fee + r.unfunded + r.payable), -sum(r.compute), -sum(r.promo), NULL, NULL
                FROM refund r JOIN charge c USING (call_id) JOIN owner o ON o.id = c.caller_id AND NOT o.guest
                WHERE r.refunded_at >= ? AND r.refunded_at < ?
                GROUP BY c.caller_id, c.algorithm, c.version, c.key_id),
            issued AS (
                INSERT INTO invoice (no, owner_id, period, owner_name, total, promo)
                SELECT ? + row_number() OVER (ORDER BY l.owner_id), l.owner_id, ?, o.name, l.total, l.promo
                FROM (SELECT owner_id, sum(royalty + compute) AS total, sum(promo) AS promo FROM line GROUP BY owner_id) l
                JOIN owner o ON o.id = l.owner_id
                RETURNING no, owner_id)
            INSERT INTO invoice_line (no, seq, kind, algorithm, version, key_id, key_name, calls, billed_ms, royalty,
                                      compute, promo, units, unit_metric)
            SELECT i.no, row_number() OVER (PARTITION BY i.no ORDER BY l.kind, l.algorithm, l.version, l.key_id NULLS FIRST),
                   l.kind, l.algorithm, l.version, l.key_id, k.name, l.calls, l.billed_ms, l.royalty, l.compute, l.promo,
                   l.units, l.unit_metric
            FROM line l JOIN issued i USING (owner_id) LEFT JOIN api_key k ON k.id = l.key_id
            """;

    private static final String COUNT = """
            UPDATE invoice_counter SET last = last + (SELECT count(*) FROM invoice WHERE period = ?)
            """;
    /** What was charged less what was given back, and what the invoices say. */
    private static final String CHECK = """
            SELECT (SELECT coalesce(sum(c.total), 0) FROM charge c JOIN owner o ON o.id = c.caller_id AND NOT o.guest
                    WHERE c.charged_at >= ? AND c.charged_at < ?)
                 - (SELECT coalesce(sum(r.amount), 0) FROM refund r JOIN charge c USING (call_id)
                    JOIN owner o ON o.id = c.caller_id AND NOT o.guest
                    WHERE r.refunded_at >= ? AND r.refunded_at < ?)
                 - (SELECT coalesce(sum(total), 0) FROM invoice WHERE period = ?)
            """;

    private static final String SEAL = "SELECT seal_journal(?)";

    private final DataSource database;

    CloseMonth(DataSource database) {
        this.database = database;
    }

    /**
     * @return false when it was closed before; then nothing was changed
     * @throws IllegalStateException when the invoices would not add up to the charges; then nothing was changed
     */
    boolean close(YearMonth month) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            // Charges and their sum are read as of one moment.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                boolean closed = close(connection, month);
                connection.commit();
                return closed;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                if (e instanceof SQLException failure && OTHER_WAS_FIRST.equals(failure.getSQLState())) {
                    return false;
                }
                throw e;
            } finally {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    static boolean close(Connection connection, YearMonth month) throws SQLException {
        Instant start = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (Rows.change(connection, CLOSE, month.atDay(1)) == 0) {
            return false;
        }
        long last =
                Rows.first(connection, LAST_NUMBER, row -> row.getLong("last")).orElseThrow();
        Rows.change(connection, ISSUE, start, end, start, end, last, month.atDay(1));
        Rows.change(connection, COUNT, month.atDay(1));
        Credits difference = Rows.first(
                        connection, CHECK, row -> Credits.micro(row.getLong(1)), start, end, start, end, month.atDay(1))
                .orElseThrow();
        if (!difference.isZero()) {
            throw new IllegalStateException("The invoices of " + month + " differ from its charges by " + difference);
        }
        Rows.first(connection, SEAL, row -> true, month.atDay(1));
        return true;
    }
}
