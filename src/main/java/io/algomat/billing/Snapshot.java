package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Several readings as of one moment: charges made meanwhile are seen by all of them or by none. */
@ApplicationScoped
class Snapshot {
    /** Sums of a year have many groups: with the server's 4 MB they are sorted on disk where they could be hashed. */
    private static final String ROOM = "SET LOCAL work_mem = '32MB'";

    interface Reading<T> {
        T from(Connection connection) throws SQLException;
    }

    private final DataSource database;

    Snapshot(DataSource database) {
        this.database = database;
    }

    <T> T read(Reading<T> reading) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute(ROOM);
                return reading.from(connection);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }
}
