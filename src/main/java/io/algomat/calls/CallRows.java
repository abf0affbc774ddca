package io.algomat.calls;

import io.algomat.billing.Charge;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** The statements that write the call log. */
@ApplicationScoped
class CallRows {
    private static final String INSERT = """
            INSERT INTO call_log (id, started_at, caller_id, key_id, publisher_id, algorithm, version_id, version, front,
                outcome, error_type, worker, device, attempts, queue_us, cold_us, compute_us, total_us,
                cost, royalty, fee, compute, promo, root_id, parent_id, step, offset_us, whole, whole_promo, labels, units, unit_metric,
                unit_cost)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            ON CONFLICT (id) DO NOTHING
            """;
    private static final String COUNT = """
            INSERT INTO call_total AS total (version_id, calls, succeeded, updated_at) VALUES (?, ?, ?, now())
            ON CONFLICT (version_id) DO UPDATE SET calls = total.calls + excluded.calls,
                succeeded = total.succeeded + excluded.succeeded, updated_at = excluded.updated_at
            """;

    private record Counted(long calls, long succeeded) {
        Counted plus(Counted other) {
            return new Counted(calls + other.calls, succeeded + other.succeeded);
        }
    }

    private final DataSource database;

    CallRows(DataSource database) {
        this.database = database;
    }

    /** Writes all of them or none. Calls that were written before are neither written nor counted again. */
    void insert(List<LoggedCall> calls) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                count(connection, insert(connection, calls));
                connection.commit();
            } catch (SQLException failure) {
                connection.rollback();
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static Map<Long, Counted> insert(Connection connection, List<LoggedCall> calls) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (LoggedCall call : calls) {
                bind(statement, call);
                statement.addBatch();
            }
            int[] written = statement.executeBatch();
            Map<Long, Counted> totals = new HashMap<>();
            for (int i = 0; i < written.length; i++) {
                if (written[i] > 0) {
                    LoggedCall call = calls.get(i);
                    Counted one = new Counted(1, call.outcome() == Outcome.SUCCEEDED ? 1 : 0);
                    totals.merge(call.versionId(), one, Counted::plus);
                }
            }
            return totals;
        }
    }

    private static void bind(PreparedStatement to, LoggedCall call) throws SQLException {
        to.setObject(1, call.callId());
        to.setObject(2, call.startedAt().atOffset(ZoneOffset.UTC));
        to.setLong(3, call.callerId());
        to.setObject(4, call.keyId());
        to.setLong(5, call.publisherId());
        to.setString(6, call.algorithm());
        to.setLong(7, call.versionId());
        to.setString(8, call.version());
        to.setString(9, call.front());
        to.setString(10, call.outcome().wire());
        to.setString(11, call.errorType());
        to.setString(12, call.where().worker());
        to.setString(13, call.where().device());
        to.setInt(14, call.where().attempts());
        to.setLong(15, call.micros().queue());
        to.setLong(16, call.micros().cold());
        to.setLong(17, call.micros().compute());
        to.setLong(18, call.micros().total());
        to.setLong(19, call.receipt().total().micro());
        to.setLong(20, call.receipt().royalty().micro());
        to.setLong(21, call.receipt().fee().micro());
        to.setLong(22, call.receipt().compute().micro());
        to.setLong(23, call.receipt().promo().micro());
        LoggedCall.Inside inside = call.inside();
        to.setObject(24, inside == null ? null : inside.root());
        to.setObject(25, inside == null ? null : inside.parent());
        to.setString(26, inside == null ? null : inside.step());
        to.setLong(27, inside == null ? 0 : inside.offsetMicros());
        to.setLong(28, call.receipt().whole().micro());
        to.setLong(29, call.receipt().wholePromo().micro());
        to.setString(30, call.labels().json());
        Charge.Metered metered = call.receipt().metered();
        to.setObject(31, metered == null ? null : metered.units().thousandths(), Types.BIGINT);
        to.setString(32, metered == null ? null : metered.metric());
        to.setObject(33, metered == null ? null : metered.cost().micro(), Types.BIGINT);
    }

    private static void count(Connection connection, Map<Long, Counted> totals) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            // In order of id, so that two gateways cannot lock each other out.
            for (long version : totals.keySet().stream().sorted().toList()) {
                Counted counted = totals.getOrDefault(version, new Counted(0, 0));
                statement.setLong(1, version);
                statement.setLong(2, counted.calls());
                statement.setLong(3, counted.succeeded());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
