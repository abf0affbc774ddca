package io.algomat.platform.start;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Whether the database is one to keep other people's money in. */
final class ProductionDatabase {
    private static final String SUBJECT = "Database";
    private static final String SECONDS_TO_CONNECT = "5";
    private static final List<String> DURABLE = List.of("fsync", "full_page_writes", "synchronous_commit");

    private final StartConfig.Db database;
    private final boolean embedded;
    private final List<ProductionCheck.Fault> faults = new ArrayList<>();

    ProductionDatabase(StartConfig start) {
        this.database = start.db();
        this.embedded = start.embedded();
    }

    List<ProductionCheck.Fault> faults() {
        if (database.url().isEmpty()) {
            if (!embedded) {
                fault(
                        "No database is configured, and the embedded one lives and dies with this machine",
                        "set ALGOMAT_DB_URL to a PostgreSQL 18 of your own, or say --embedded and keep what"
                                + " './algomat backup' makes on another machine");
            }
            return faults;
        }
        if (embedded) {
            fault("--embedded is said, and ALGOMAT_DB_URL is set", "take one of them away");
        }
        List<String> missing = Database.missing();
        for (String name : missing) {
            faults.add(new ProductionCheck.Fault(
                    name.endsWith("PASSWORD") ? "Secrets" : SUBJECT,
                    name + " is not set",
                    "set it, or " + name + "_FILE to a file that holds it; docs/operating.md tells of the two roles"));
        }
        if (missing.isEmpty()) {
            ask();
        }
        return faults;
    }

    private void ask() {
        Properties access = new Properties();
        access.setProperty("user", database.username().orElseThrow());
        access.setProperty("password", database.password().orElseThrow());
        access.setProperty("loginTimeout", SECONDS_TO_CONNECT);
        try (Connection connection = DriverManager.getConnection(database.url().orElseThrow(), access)) {
            version(connection);
            for (String setting : DURABLE) {
                durable(connection, setting);
            }
            roles(connection);
        } catch (SQLException e) {
            fault(
                    "It cannot be reached (" + e.getMessage() + ")",
                    "start it, or correct ALGOMAT_DB_URL and the password");
        }
    }

    private void version(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major != EmbeddedPostgres.MAJOR) {
            fault(
                    "It is PostgreSQL " + major,
                    "use PostgreSQL " + EmbeddedPostgres.MAJOR + ", which every release is tested on");
        }
    }

    private void durable(Connection connection, String setting) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("SELECT current_setting(?)")) {
            ask.setString(1, setting);
            try (ResultSet row = ask.executeQuery()) {
                row.next();
                if (row.getString(1).equals("off")) {
                    fault(
                            "It may lose charges that were acknowledged: " + setting + " is off",
                            "set " + setting + " = on in postgresql.conf and reload");
                }
            }
        }
    }

    /** The ledger is append-only because the application may not change it; a role that may everything undoes that. */
    private void roles(Connection connection) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement("""
                SELECT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
                    OR EXISTS (SELECT 1 FROM pg_roles r
                                WHERE r.rolname = ? AND pg_has_role(current_user, r.oid, 'MEMBER'))
                """)) {
            ask.setString(1, database.ownerUsername().orElseThrow());
            try (ResultSet row = ask.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    fault(
                            "The application's role may change what was booked: ALGOMAT_DB_USERNAME is a superuser, or has"
                                    + " the rights of ALGOMAT_DB_OWNER_USERNAME",
                            "give the application a role of its own: docs/operating.md has the statements");
                }
            }
        }
    }

    private void fault(String wrong, String remedy) {
        faults.add(new ProductionCheck.Fault(SUBJECT, wrong, remedy));
    }
}
