package io.algomat.platform;

import jakarta.enterprise.context.ApplicationScoped;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Explicit SQL without the ceremony: values are bound, never pasted, and a statement takes part in the transaction that
 * is running. Arrays of {@code Long} and {@code String} go in as PostgreSQL arrays, instants as {@code timestamptz}.
 */
@ApplicationScoped
public class Sql {
    /** Reads one row. */
    public interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Running<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    /** SQLSTATE character_not_in_repertoire: PostgreSQL keeps every character but U+0000. */
    private static final String NO_TEXT = "22021";

    private final DataSource database;

    public Sql(DataSource database) {
        this.database = database;
    }

    public <T> List<T> list(String sql, Reading<T> reading, @Nullable Object... values) {
        return run(sql, values, statement -> {
            List<T> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(reading.read(row));
                }
            }
            return found;
        });
    }

    public <T> Optional<T> first(String sql, Reading<T> reading, @Nullable Object... values) {
        return list(sql, reading, values).stream().findFirst();
    }

    public long count(String sql, @Nullable Object... values) {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    /** @return the number of rows that it touched */
    public int update(String sql, @Nullable Object... values) {
        return run(sql, values, PreparedStatement::executeUpdate);
    }

    /** A column of time that is never null. */
    public static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A column of time that may be null. */
    public static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private <T> T run(String sql, @Nullable Object[] values, Running<T> running) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, bound(connection, values[i]));
            }
            return running.run(statement);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static @Nullable Object bound(Connection connection, @Nullable Object value) throws SQLException {
        return switch (value) {
            case Instant time -> time.atOffset(ZoneOffset.UTC);
            case Long[] ids -> connection.createArrayOf("bigint", ids);
            case String[] words -> connection.createArrayOf("text", words);
            case null, default -> value;
        };
    }

    /**
     * What a caller is told of a failed statement: a lost connection, no free one in time, a server that is going down
     * or has no room for more is the caller's to repeat; a NUL in a text is the caller's to leave out; all else is a defect.
     */
    public static RuntimeException failure(SQLException e) {
        String state = e.getSQLState();
        if (NO_TEXT.equals(state)) {
            return Problem.of(ErrorCode.BAD_REQUEST, "A text has a NUL character in it; expected text without one");
        }
        if (state == null || state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")) {
            return Problem.of(ErrorCode.DATABASE_AWAY, "The database does not answer; try again shortly")
                    .retryAfter(Duration.ofSeconds(2));
        }
        return new IllegalStateException("A statement failed with " + state, e);
    }
}
