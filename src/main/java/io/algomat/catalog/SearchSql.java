package io.algomat.catalog;

import io.algomat.platform.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGStatement;

/** A statement put together piece by piece, each piece with its parameters. */
final class SearchSql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    SearchSql add(String sql, Object... values) {
        text.append(sql);
        parameters.addAll(List.of(values));
        return this;
    }

    SearchSql add(SearchSql piece) {
        text.append(piece.text);
        parameters.addAll(piece.parameters);
        return this;
    }

    <T> List<T> list(DataSource database, Reading<T> reading) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement plan = connection.createStatement()) {
                // To a planner that may stop early, reading a table from its beginning looks cheap; unpacking each text
                // is not.
                plan.execute("SET LOCAL enable_seqscan = off");
                return rows(connection, reading);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Sql.failure(e);
        }
    }

    private <T> List<T> rows(Connection connection, Reading<T> reading) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.toString())) {
            // Planned anew each time: a plan that is right for rare words is a hundred times too slow for frequent
            // ones.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameter(connection, parameters.get(i)));
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(reading.read(row));
                }
            }
            return rows;
        }
    }

    private static Object parameter(Connection connection, Object value) throws SQLException {
        return switch (value) {
            case Integer[] ids -> connection.createArrayOf("int4", ids);
            case Long[] ids -> connection.createArrayOf("int8", ids);
            case String[] words -> connection.createArrayOf("text", words);
            default -> value;
        };
    }
}
