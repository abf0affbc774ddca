package io.algomat.billing;

import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads rows of a statement with its parameters in order, and tells a database that is away from a wrong statement. */
final class Rows {
    private static final Logger LOG = Logger.getLogger(Rows.class);

    /** Connection, transaction rolled back by the server, resources, operator intervention. */
    private static final Set<String> RETRIABLE_CLASSES = Set.of("08", "40", "53", "57");

    private Rows() {}

    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> list(Connection connection, String sql, Reading<T> reading, @Nullable Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reading.of(rows));
            }
            return found;
        }
    }

    static <T> Optional<T> first(Connection connection, String sql, Reading<T> reading, @Nullable Object... parameters)
            throws SQLException {
        return list(connection, sql, reading, parameters).stream().findFirst();
    }

    static int change(Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, wire(connection, parameters[i]));
        }
        return statement;
    }

    private static @Nullable Object wire(Connection connection, @Nullable Object value) throws SQLException {
        return switch (value) {
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Long[] numbers -> connection.createArrayOf("bigint", numbers);
            case null, default -> value;
        };
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Whether trying again may help: the connection was lost or none was to be had, or a lock was in the way. */
    static boolean mayPass(SQLException failure) {
        String state = failure.getSQLState();
        return state == null || RETRIABLE_CLASSES.contains(state.substring(0, 2));
    }

    /** What a caller is told; what really happened goes to the log. */
    static Problem away(SQLException failure) {
        LOG.error("The ledger's database failed", failure);
        return Problem.of(ErrorCode.DATABASE_AWAY, "The database did not answer. Nothing was charged; try again.")
                .retryAfter(Duration.ofSeconds(2));
    }
}
