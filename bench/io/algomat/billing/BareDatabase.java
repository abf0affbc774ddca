package io.algomat.billing;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import io.algomat.platform.start.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A fresh PostgreSQL with the settings of production and Algomat's schema, and no gateway on it. */
final class BareDatabase implements AutoCloseable {
    /** Connections of the application's role. */
    final AgroalDataSource pool;

    private final EmbeddedPostgres postgres;
    private final EmbeddedPostgres.Access access;

    /** @param connections in the pool, all of them open from the beginning */
    BareDatabase(Path data, int connections) throws Exception {
        String size = String.valueOf(connections);
        postgres = new EmbeddedPostgres(data);
        access = postgres.start();
        Flyway.configure()
                .dataSource(access.url(), access.ownerUsername(), access.ownerPassword())
                .placeholders(Map.of("app", access.username()))
                .load()
                .migrate();
        pool = AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.of(
                        "jdbcUrl", access.url(),
                        "principal", access.username(),
                        "credential", access.password(),
                        "minSize", size,
                        "maxSize", size,
                        "initialSize", size)));
    }

    /** As the owner role. */
    Connection owner() throws SQLException {
        return DriverManager.getConnection(access.url(), access.ownerUsername(), access.ownerPassword());
    }

    /** Differences that {@code ./algomat verify} would count; the rules that are broken are named on standard error. */
    long differences() throws SQLException {
        long differences = 0;
        try (Connection connection = pool.getConnection()) {
            for (VerifyLedger.Finding finding : VerifyLedger.verify(connection)) {
                if (finding.differences() != 0) {
                    System.err.printf("# %s: %d%n", finding.rule(), finding.differences());
                }
                differences += finding.differences();
            }
        }
        return differences;
    }

    @Override
    public void close() throws Exception {
        pool.close();
        postgres.stop();
    }
}
