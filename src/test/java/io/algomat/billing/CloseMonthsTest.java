package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Sql;
import io.algomat.testing.Accounts;
import io.algomat.testing.PastCharges;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LedgerBeans.class)
class CloseMonthsTest {
    @Inject
    CloseMonth closeMonth;

    @Inject
    InvoicesConfig config;

    @Inject
    PastCharges past;

    @Inject
    People people;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    private CloseMonths at(Instant now) {
        return new CloseMonths(database, closeMonth, config, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Instant beginning(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private List<YearMonth> closedFrom(YearMonth month) {
        return sql.list(
                "SELECT period FROM period_close WHERE period >= ? ORDER BY period",
                row -> YearMonth.from(row.getObject("period", LocalDate.class)),
                month.atDay(1));
    }

    @Test
    void nothingIsDueWhereNothingWasEverCharged() throws Exception {
        LedgerCluster.Ledger empty = LedgerCluster.get().fresh();
        try {
            assertThat(new CloseMonths(empty.pool, closeMonth, config, Clock.systemUTC()).due())
                    .isEmpty();
        } finally {
            empty.gone();
        }
    }

    @Test
    void theMonthOfTheFirstChargeIsDueFirst() throws Exception {
        LedgerCluster.Ledger fresh = LedgerCluster.get().fresh();
        try {
            YearMonth first = YearMonth.of(2001, 2);
            for (String time : List.of("2001-03-01T00:00:00Z", "2001-02-28T23:59:59Z", "2001-05-01T00:00:00Z")) {
                charge(fresh, time);
            }
            Clock after = Clock.fixed(beginning(first.plusMonths(1)).plus(config.closeAfter()), ZoneOffset.UTC);
            assertThat(new CloseMonths(fresh.pool, closeMonth, config, after).due())
                    .contains(first);
        } finally {
            fresh.gone();
        }
    }

    /** A free one. */
    private static void charge(LedgerCluster.Ledger ledger, String time) throws SQLException {
        try (Connection connection = ledger.pool.getConnection()) {
            Rows.change(connection, """
                    INSERT INTO charge (call_id, charged_at, caller_id, publisher_id, version_id, algorithm, version, device,
                        billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps)
                    VALUES (gen_random_uuid(), ?, 1, 1, -1, 'x/a', '1.0.0', 'cpu', 1, 0, 0, 0, 0, 0, false, 0, 0, 1500)
                    """, Instant.parse(time));
        }
    }

    @Test
    void monthsAreClosedOneAfterTheOtherUpToTheOneThatMayYetGetCharges() throws SQLException {
        YearMonth month = past.freeMonth();
        Accounts.User ada = people.user();
        past.charge(ada, null, people.user().ownerId(), "x/a", month.atDay(9), 1_000_000, 0);
        closeMonth.close(month);
        CloseMonths months = at(beginning(month.plusMonths(3)).plus(config.closeAfter()));

        months.closeDue();

        assertThat(closedFrom(month)).containsExactly(month, month.plusMonths(1), month.plusMonths(2));
        assertThat(months.due()).isEmpty();
        months.closeDue();
        assertThat(closedFrom(month)).hasSize(3);
    }

    /** The reading itself is what runs: the gateway's clock is ahead of the database's. */
    @Test
    void aMonthIsNotDueWhileSomethingRunsThatBeganInIt() throws Exception {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        Clock ahead = Clock.fixed(beginning(now.plusMonths(1)).plus(config.closeAfter()), ZoneOffset.UTC);
        LedgerCluster.Ledger fresh = LedgerCluster.get().fresh();
        try {
            CloseMonths months = new CloseMonths(fresh.pool, closeMonth, config, ahead);
            charge(fresh, beginning(now).toString());
            assertThat(months.due()).isEmpty();
            charge(fresh, beginning(now.minusMonths(1)).toString());
            assertThat(months.due()).contains(now.minusMonths(1));
        } finally {
            fresh.gone();
        }
    }
}
