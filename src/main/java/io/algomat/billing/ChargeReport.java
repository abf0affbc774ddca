package io.algomat.billing;

import io.algomat.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Adds up calls by group and by day from the roll-ups, which equal the charges at every moment. */
@ApplicationScoped
public class ChargeReport {
    /** Rows that the driver keeps in memory at a time. */
    private static final int FETCH = 1_000;

    /** One row for each group; the window counts the groups, whichever of them are read. */
    private static final String LINES = """
            SELECT %s AS value, g.*, count(*) OVER () AS groups FROM (
                SELECT c.id, %s FROM (
                    SELECT %s AS id, %s FROM %s c WHERE %s AND c.day BETWEEN ? AND ? GROUP BY 1, 2) c
                GROUP BY 1) g %s
            ORDER BY %s
            """;

    private static final String DAYS = """
            SELECT c.day, %s FROM (SELECT c.day, %s FROM %s c WHERE %s AND c.day BETWEEN ? AND ? GROUP BY 1, 2) c
            GROUP BY 1 ORDER BY 1
            """;

    /** Reads a report's lines one by one. */
    public interface LineReader {
        void read(Report.Line line);
    }

    private final Snapshot snapshot;

    ChargeReport(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /**
     * @param up sorted from the least to the most
     * @param page from 1
     * @param size lines on a page
     */
    public Report read(Slice slice, Period period, Dimension by, ReportOrder order, boolean up, int page, int size) {
        return snapshot.read(connection -> read(connection, slice, period, by, order, up, page, size));
    }

    static Report read(
            Connection connection,
            Slice slice,
            Period period,
            Dimension by,
            ReportOrder order,
            boolean up,
            int page,
            int size)
            throws SQLException {
        int sane = Page.sane(page);
        List<Object> values = values(slice, period);
        values.add(size);
        values.add((long) (sane - 1) * size);
        long[] groups = new long[1];
        List<Report.Line> lines = Rows.list(
                connection,
                lines(slice, by, order, up) + " LIMIT ? OFFSET ?",
                row -> {
                    groups[0] = row.getLong("groups");
                    return line(row);
                },
                values.toArray());
        return new Report(new Page<>(lines, sane, size, groups[0]), days(connection, slice, period));
    }

    /** The days of a period on which something was called, in order. */
    public List<Report.Day> days(Slice slice, Period period) {
        return snapshot.read(connection -> days(connection, slice, period));
    }

    /**
     * Hands over all lines, the largest gross first, without holding them in memory. A connection is held until the last:
     * the reader must not wait for anybody.
     *
     * @return how many there were
     */
    public long each(Slice slice, Period period, Dimension by, LineReader reader) {
        return snapshot.read(connection -> {
            long lines = 0;
            try (PreparedStatement statement = Rows.prepare(
                    connection,
                    lines(slice, by, ReportOrder.GROSS, false),
                    values(slice, period).toArray())) {
                statement.setFetchSize(FETCH);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        reader.read(line(row));
                        lines++;
                    }
                }
            }
            return lines;
        });
    }

    private static String lines(Slice slice, Dimension by, ReportOrder order, boolean up) {
        return LINES.formatted(
                by.value(),
                Figures.SQL,
                by.group(),
                Figures.BY_METRIC,
                Condition.view(slice, Set.of(by)),
                Condition.of(slice).sql(),
                by.join(),
                order.sql(up));
    }

    private static List<Report.Day> days(Connection connection, Slice slice, Period period) throws SQLException {
        return Rows.list(
                connection,
                DAYS.formatted(
                        Figures.SQL,
                        Figures.BY_METRIC,
                        Condition.view(slice, Set.of()),
                        Condition.of(slice).sql()),
                row -> new Report.Day(row.getObject("day", LocalDate.class), Figures.read(row)),
                values(slice, period).toArray());
    }

    static List<Object> values(Slice slice, Period period) {
        List<Object> values = new ArrayList<>(Condition.of(slice).values());
        values.add(period.from());
        values.add(period.through());
        return values;
    }

    private static Report.Line line(ResultSet row) throws SQLException {
        return new Report.Line(row.getString("value"), Figures.read(row));
    }
}
