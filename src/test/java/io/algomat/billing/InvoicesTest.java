package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.PastCharges;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class InvoicesTest {
    @Inject
    People people;

    @Inject
    CloseMonth closeMonth;

    @Inject
    Invoices invoices;

    @Inject
    RefundCharge refund;

    @Inject
    PastCharges past;

    @Inject
    VerifyLedger verify;

    @Inject
    DataSource database;

    @Inject
    InvoicesConfig config;

    @Inject
    Sql sql;

    private Accounts.User ada;
    private Accounts.User eve;
    private long publisher;
    /** A month of this test's own, so that no other test closed it. */
    private YearMonth month;

    @BeforeEach
    void people() {
        ada = people.user();
        eve = people.user();
        publisher = people.user().ownerId();
        month = past.freeMonth();
    }

    @Test
    void aClosedMonthHasOneInvoiceForEachCallerByAlgorithmVersionAndKey() throws SQLException {
        past.charge(ada, null, publisher, "demo/a", month.atDay(1), 2_000_000, 10);
        past.charge(ada, null, publisher, "demo/a", month.atEndOfMonth(), 2_000_000, 20);
        past.charge(ada, people.key(ada.ownerId()), publisher, "demo/a", month.atDay(3), 1_000_000, 0);
        past.charge(ada, null, publisher, "demo/b", month.atDay(3), 0, 7);
        past.charge(eve, null, publisher, "demo/a", month.atDay(3), 3_000_000, 0);
        past.charge(eve, null, publisher, "demo/a", month.plusMonths(1).atDay(1), 5_000_000, 0);
        past.charge(eve, null, publisher, "demo/a", month.minusMonths(1).atEndOfMonth(), 7_000_000, 0);

        assertThat(closeMonth.close(month)).isTrue();

        Invoices.Invoice adas = only(ada);
        assertThat(adas.total()).isEqualTo(Credits.parse("5.037"));
        assertThat(adas.owner()).isEqualTo(ada.name());
        assertThat(invoices.lines(adas))
                .extracting(Invoices.Line::algorithm, Invoices.Line::key, Invoices.Line::calls, Invoices.Line::total)
                .containsExactly(
                        tuple("demo/a", null, 2L, Credits.parse("4.03")),
                        tuple("demo/a", "Test", 1L, Credits.of(1)),
                        tuple("demo/b", null, 1L, Credits.parse("0.007")));
        assertThat(only(eve).total()).isEqualTo(Credits.of(3));
        assertThat(invoices.of(people.user().caller())).isEmpty();
        clean();
    }

    @Test
    void closingAgainOrManyTimesAtOnceChangesNothing() throws Exception {
        past.charge(ada, null, publisher, "demo/a", month.atDay(9), 2_000_000, 10);
        List<Boolean> closed = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(threads.submit(() -> closeMonth.close(month)));
            }
            for (Future<Boolean> one : running) {
                closed.add(one.get());
            }
        }

        assertThat(closed).containsOnlyOnce(true);
        Invoices.Invoice invoice = only(ada);
        assertThat(closeMonth.close(month)).isFalse();
        assertThat(only(ada)).isEqualTo(invoice);
        clean();
    }

    @Test
    void numbersLeaveNoneOutAlsoWhereAnIssueIsRolledBackAndMonthsAreClosedAtOnce() throws Exception {
        YearMonth other = past.freeMonth();
        past.charge(ada, null, publisher, "demo/a", month.atDay(9), 2_000_000, 10);
        past.charge(eve, null, publisher, "demo/a", other.atDay(9), 2_000_000, 10);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            CloseMonth.close(connection, month);
            connection.rollback();
        }

        // One of them may have to wait for the other's numbers, and come again.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> one = threads.submit(() -> closeMonth.close(month));
            Future<Boolean> two = threads.submit(() -> closeMonth.close(other));
            one.get();
            two.get();
        }
        closeMonth.close(month);
        closeMonth.close(other);

        assertThat(only(ada).period()).isEqualTo(month);
        assertThat(only(eve).period()).isEqualTo(other);
        assertThat(sql.count("SELECT max(no) - count(*) FROM invoice")).isZero();
        assertThat(sql.count("SELECT last FROM invoice_counter")).isEqualTo(sql.count("SELECT count(*) FROM invoice"));
        clean();
    }

    @Test
    void whatIsGivenBackLaterIsInTheMonthOfTheRefundAndTheClosedOneStays() throws SQLException {
        UUID call = past.charge(ada, null, publisher, "demo/a", month.atDay(9), 2_000_000, 10);
        closeMonth.close(month);
        Invoices.Invoice before = only(ada);
        Caller administrator = people.administrator();

        refund.refund(administrator, call, "1.5", "late", Ids.random("form"));

        assertThat(only(ada)).isEqualTo(before);
        LocalDate day = sql.first(
                        "SELECT (refunded_at AT TIME ZONE 'UTC')::date AS day FROM refund WHERE call_id = ?",
                        row -> row.getObject("day", LocalDate.class),
                        call)
                .orElseThrow();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            // The month that is running is closed for nobody but this test.
            assertThat(CloseMonth.close(connection, YearMonth.from(day))).isTrue();
            assertThat(Rows.list(
                            connection,
                            "SELECT total FROM invoice WHERE owner_id = ? AND period <> ?",
                            row -> Credits.micro(row.getLong("total")),
                            ada.ownerId(),
                            month.atDay(1)))
                    .containsExactly(Credits.parse("-1.5"));
            connection.rollback();
        }
        clean();
    }

    @Test
    void theDatabaseItselfKeepsClosedMonthsAndSums() throws SQLException {
        past.charge(ada, null, publisher, "demo/a", month.atDay(9), 2_000_000, 10);
        closeMonth.close(month);
        long no = only(ada).no();

        assertThatThrownBy(() -> sql.update("UPDATE invoice SET total = 0 WHERE no = ?", no))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> sql.update("DELETE FROM invoice_line WHERE no = ?", no))
                .hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> sql.update(
                        "INSERT INTO invoice_line (no, seq, kind, algorithm, version, calls, billed_ms, royalty, compute, promo)"
                                + " VALUES (?, 99, 'calls', 'x', 'x', 1, 1, 1, 0, 0)",
                        no))
                .hasStackTraceContaining("do not add up to its total");
        assertThatThrownBy(() -> sql.update(
                        "WITH more AS (INSERT INTO invoice (no, owner_id, period, owner_name, total, promo)"
                                + " SELECT max(no) + 1, ?, ?, 'x', 1, 0 FROM invoice RETURNING no)"
                                + " INSERT INTO invoice_line (no, seq, kind, algorithm, version, calls, billed_ms, royalty, compute, promo)"
                                + " SELECT no, 1, 'calls', 'x', 'x', 1, 1, 1, 0, 0 FROM more",
                        eve.ownerId(),
                        month.atDay(1)))
                .hasStackTraceContaining("a closed month takes no further invoices");
    }

    @Test
    void theNextMonthToCloseIsDueSomeHoursAfterItsEnd() throws SQLException {
        YearMonth next = nextToClose();
        Instant end = next.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();

        assertThat(at(end.plusSeconds(6 * 3600 - 1)).due()).isEmpty();
        assertThat(at(end.plusSeconds(6 * 3600)).due()).contains(next);
    }

    private CloseMonths at(Instant now) {
        InvoicesConfig sixHours = new InvoicesConfig() {
            @Override
            public Duration closeAfter() {
                return Duration.ofHours(6);
            }

            @Override
            public Optional<List<String>> seller() {
                return config.seller();
            }
        };
        return new CloseMonths(database, closeMonth, sixHours, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** After a month of long ago was closed there is one that is due. */
    private YearMonth nextToClose() throws SQLException {
        past.charge(ada, null, publisher, "demo/a", month.atDay(9), 2_000_000, 10);
        closeMonth.close(month);
        return sql.first(
                        "SELECT (max(period) + interval '1 month')::date AS next FROM period_close",
                        row -> YearMonth.from(row.getObject("next", LocalDate.class)))
                .orElseThrow();
    }

    private Invoices.Invoice only(Accounts.User user) {
        List<Invoices.Invoice> found = invoices.of(user.caller());
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private void clean() {
        assertThat(verify.verify())
                .allSatisfy(finding -> assertThat(finding.differences())
                        .as(finding.rule().promise())
                        .isZero());
    }
}
