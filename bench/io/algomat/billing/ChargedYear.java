package io.algomat.billing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A year of charges on a PostgreSQL with the settings of production: a thousand callers with two keys each, two hundred
 * versions of fifty publishers. A few callers and versions have most of the calls, as it is in life.
 */
public final class ChargedYear implements AutoCloseable {
    public static final int DAYS = ChargedYearLoad.DAYS;

    private final BareDatabase database;
    private final DataSource pool;
    private final LocalDate today;

    public ChargedYear(Path data, LocalDate today) throws Exception {
        this.today = today;
        database = new BareDatabase(data, 8);
        pool = database.pool;
    }

    /** @param progress is told each day that is done, from 1, by several threads */
    public void load(int charges, Consumer<Integer> progress) throws Exception {
        ChargedYearLoad.load(database::owner, today, charges, progress);
    }

    public Period year() {
        return new Period(today.minusDays(DAYS - 1), today);
    }

    /** Of the site, with lines of the first page, days and movers, as the administrator's page reads it. */
    public void siteReport(Dimension by) {
        report(Slice.of(new Whose.Everyones()), by);
        new Movers(new Snapshot(pool)).of(Slice.of(new Whose.Everyones()), year(), by);
    }

    /** Of the caller with the most calls: lines, days and a page of single charges, as its page reads them. */
    public void callerReport() throws SQLException {
        Slice slice = Slice.of(new Whose.Callers(owner("caller1")));
        report(slice, Dimension.ALGORITHM);
        new ChargeList(new Snapshot(pool)).page(slice, year(), 1, 25);
    }

    /** Of the publisher with the most calls, with how many called. */
    public void publisherReport() throws SQLException {
        Slice slice = Slice.of(new Whose.Publishers(owner("publisher2")));
        report(slice, Dimension.ALGORITHM);
        new CountCallers(new Snapshot(pool)).of(slice, year(), Dimension.ALGORITHM);
    }

    private void report(Slice slice, Dimension by) {
        new ChargeReport(new Snapshot(pool)).read(slice, year(), by, ReportOrder.GROSS, false, 1, 50);
    }

    private long owner(String name) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Rows.first(connection, "SELECT id FROM owner WHERE name = ?", row -> row.getLong(1), name)
                    .orElseThrow();
        }
    }

    /** All single charges of the year, one by one, as their file is written. */
    public long everyCharge() {
        long[] read = new long[1];
        new ChargeList(new Snapshot(pool)).each(Slice.of(new Whose.Everyones()), year(), line -> read[0]++);
        return read[0];
    }

    /** The sums that the report has, from the charges themselves: what the roll-ups are for. */
    public void withoutRollUps() throws SQLException {
        number("SELECT count(*) FROM (SELECT algorithm, count(*), sum(royalty), sum(compute) FROM charge GROUP BY 1) sums");
    }

    public long bytesOfRollUps() throws SQLException {
        return number("SELECT pg_total_relation_size('charge_day') + pg_total_relation_size('charge_day_subject_sum')"
                        + " + pg_total_relation_size('charge_day_caller_sum') + pg_total_relation_size('charge_delta')");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Rows.first(connection, sql, row -> row.getLong(1)).orElseThrow();
        }
    }

    /** Differences that {@code ./algomat verify} would count. */
    public long differences() throws SQLException {
        return database.differences();
    }

    @Override
    public void close() throws Exception {
        database.close();
    }
}
