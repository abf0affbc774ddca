package io.algomat.billing;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Closes each month some hours after its end, month after month from the first charge on; whichever gateway comes first. */
@ApplicationScoped
class CloseMonths {
    private static final Logger LOG = Logger.getLogger(CloseMonths.class);

    /** The month after the last that was closed, or the month of the first charge; null while there is none. */
    private static final String NEXT = """
            SELECT coalesce((SELECT (max(period) + interval '1 month')::date FROM period_close),
                            (SELECT date_trunc('month', min(charged_at) AT TIME ZONE 'UTC')::date FROM charge)) AS period
            """;
    /** What began before the month's end may yet commit a charge with a time in it. */
    private static final String STILL_RUNNING = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND xact_start < ?
            """;

    private final DataSource database;
    private final CloseMonth closeMonth;
    private final InvoicesConfig config;
    private final Clock clock;

    CloseMonths(DataSource database, CloseMonth closeMonth, InvoicesConfig config, Clock clock) {
        this.database = database;
        this.closeMonth = closeMonth;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "15m", delayed = "3m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void closeDue() throws SQLException {
        Optional<YearMonth> due = due();
        while (due.isPresent() && closeMonth.close(due.get())) {
            LOG.infof("%s is closed, and its invoices are issued", due.get());
            due = due();
        }
    }

    /** The next month to close, when its time has come. */
    Optional<YearMonth> due() throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<LocalDate> next = Rows.first(
                            connection, NEXT, row -> Optional.ofNullable(row.getObject("period", LocalDate.class)))
                    .flatMap(Function.identity());
            return next.isPresent() && over(connection, next.get())
                    ? Optional.of(YearMonth.from(next.get()))
                    : Optional.empty();
        }
    }

    private boolean over(Connection connection, LocalDate month) throws SQLException {
        Instant end = month.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return !clock.instant().isBefore(end.plus(config.closeAfter()))
                && Rows.first(connection, STILL_RUNNING, row -> row.getLong(1) == 0, end)
                        .orElse(true);
    }
}
