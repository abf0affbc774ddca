package io.algomat.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Transactions that the database has committed, for whomever. */
final class Commits {
    /** A session tells what it did at most once a second, and not while it works. */
    private static final long UNTIL_TOLD_MILLIS = 1500;

    private Commits() {}

    static long of(Connection database) throws SQLException, InterruptedException {
        Thread.sleep(UNTIL_TOLD_MILLIS);
        try (Statement statement = database.createStatement()) {
            statement.execute("SELECT pg_stat_clear_snapshot()");
            try (var row = statement.executeQuery(
                    "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
