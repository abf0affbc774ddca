package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.platform.Credits;
import io.algomat.platform.Problem;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class SnapshotTest {
    @Inject
    Snapshot snapshot;

    @Inject
    DataSource database;

    @Inject
    Money money;

    private static long postings(Connection connection) throws SQLException {
        return Rows.first(connection, "SELECT count(*) FROM posting", row -> row.getLong(1))
                .orElseThrow();
    }

    @Test
    void whatIsBookedBetweenTwoReadingsIsSeenByNeither() {
        long later = snapshot.read(connection -> {
            long before = postings(connection);
            money.fund(money.ownerWithoutCredit(), Credits.of(1));
            assertThat(postings(connection)).isEqualTo(before);
            return before;
        });
        assertThat((long) snapshot.read(SnapshotTest::postings)).isGreaterThan(later);
    }

    @Test
    void nothingIsWritten() {
        assertThatThrownBy(() -> snapshot.read(
                        connection -> Rows.change(connection, "INSERT INTO posting (kind, source) VALUES ('x', 'y')")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("database");
    }

    @Test
    void theConnectionIsAsItWasAfterwards() throws SQLException {
        snapshot.read(SnapshotTest::postings);
        try (Connection connection = database.getConnection()) {
            assertThat(connection.isReadOnly()).isFalse();
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        }
    }
}
