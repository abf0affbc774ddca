package io.algomat.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(text.toString())) {
            // Planned anew each time: a plan that is right for rare words is a hundred times too slow for frequent
            // ones.
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < parameters.size(); i++) {
                Object value = parameters.get(i);
                statement.setObject(
                        i + 1,
                        switch (value) {
                            case Integer[] ids -> connection.createArrayOf("int4", ids);
                            case Long[] ids -> connection.createArrayOf("int8", ids);
                            case String[] words -> connection.createArrayOf("text", words);
                            default -> value;
                        });
            }
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(reading.read(row));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw Unreadable.database(e);
        }
    }
}
