package io.algomat.billing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * A year of charges on a PostgreSQL with the settings of production: a thousand callers with two keys each, two hundred
 * versions of fifty publishers. A few callers and versions have most of the calls, as it is in life.
 *
 * <p>Charges, postings and legs go in by SQL, day by day, under all of the ledger's constraints and triggers: each
 * posting holds five hundred charges, as the writer of a busy gateway books them. The one thing that is bent is the time of a charge, which
 * the database sets and the application cannot.
 */
public final class ChargedYear implements AutoCloseable {
    public static final int DAYS = 365;
    private static final int CALLERS = 1_000;
    private static final int PUBLISHERS = 50;
    private static final int VERSIONS = 200;

    private static final String OWNERS = """
            INSERT INTO owner (name, display_name, kind) SELECT 'caller' || n, '', 'user' FROM generate_series(1, %d) n;
            INSERT INTO owner (name, display_name, kind) SELECT 'publisher' || n, '', 'user' FROM generate_series(1, %d) n;
            INSERT INTO ledger_account (owner_id, kind)
                SELECT owner.id, account.kind
                FROM owner, unnest(ARRAY['promo', 'funded', 'earnings', 'earnings_unfunded']) AS account (kind)
                WHERE name ~ '^(caller|publisher)[0-9]+$';
            WITH booked AS (INSERT INTO posting (kind, source) VALUES ('credit_grant', 'bench') RETURNING id)
            INSERT INTO leg SELECT booked.id, a.id, 1000000000000000 FROM booked, ledger_account a JOIN owner o ON o.id = a.owner_id
                WHERE o.name ~ '^caller' AND a.kind = 'funded'
                UNION ALL SELECT booked.id, a.id, -1000000000000000::bigint * %d FROM booked, ledger_account a WHERE a.kind = 'funding';
            """;

    /** Squares of a random number: the first of them are met often, the last seldom. */
    private static final String DRAW = """
            CREATE TEMP TABLE drawn ON COMMIT DROP AS
            SELECT d.part, gen_random_uuid() AS call_id,
                   (DATE '%1$s' + random() * interval '23:59:59') AT TIME ZONE 'UTC' AS charged_at,
                   caller.id AS caller_id, caller.id * 2 + (random() < 0.3)::int AS key_id,
                   publisher.id AS publisher_id, d.version AS version_id,
                   publisher.name || '/algorithm' || d.version AS algorithm,
                   (1 + random() * 400)::bigint AS billed_ms, 1000 * (d.version %% 7)::bigint + 333 AS royalty
            FROM (SELECT n / 500 AS part, 1 + floor(%2$d * power(random(), 2))::int AS caller,
                         1 + floor(%3$d * power(random(), 2))::int AS version
                  FROM generate_series(1, %4$d) n) d
            JOIN owner caller ON caller.name = 'caller' || d.caller
            JOIN owner publisher ON publisher.name = 'publisher' || (1 + d.version %% %5$d);
            CREATE TEMP TABLE bundle ON COMMIT DROP AS
            SELECT nextval(pg_get_serial_sequence('posting', 'id')) AS id, part
            FROM (SELECT DISTINCT part FROM drawn) parts;
            ANALYZE drawn;
            ANALYZE bundle;
            WITH booked AS (
                INSERT INTO posting (id, kind, booked_at) OVERRIDING SYSTEM VALUE
                SELECT id, 'charge', DATE '%1$s' + interval '12:00' FROM bundle),
            charged AS (
                INSERT INTO charge (posting_id, call_id, charged_at, caller_id, key_id, publisher_id, version_id, algorithm,
                                    version, device, billed_ms, held, royalty, fee, compute, promo, royalty_free,
                                    price_royalty, rate_per_ms, take_bps)
                SELECT b.id, d.call_id, d.charged_at, d.caller_id, d.key_id, d.publisher_id, d.version_id, d.algorithm,
                       '1.0.0', 'cpu', d.billed_ms, d.royalty + d.billed_ms * 1000, d.royalty, d.royalty * 1500 / 10000,
                       d.billed_ms * 1000, 0, false, d.royalty, 1000, 1500
                FROM drawn d JOIN bundle b USING (part))
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT b.id, a.id, sum(-d.royalty - d.billed_ms * 1000)
                FROM drawn d JOIN bundle b USING (part)
                JOIN ledger_account a ON a.owner_id = d.caller_id AND a.kind = 'funded' GROUP BY 1, 2
            UNION ALL SELECT b.id, a.id, sum(d.royalty - d.royalty * 1500 / 10000)
                FROM drawn d JOIN bundle b USING (part)
                JOIN ledger_account a ON a.owner_id = d.publisher_id AND a.kind = 'earnings' GROUP BY 1, 2
            UNION ALL SELECT b.id, a.id, sum(d.royalty * 1500 / 10000)
                FROM drawn d JOIN bundle b USING (part), ledger_account a WHERE a.kind = 'site_fee' GROUP BY 1, 2
            UNION ALL SELECT b.id, a.id, sum(d.billed_ms * 1000)
                FROM drawn d JOIN bundle b USING (part), ledger_account a WHERE a.kind = 'site_compute' GROUP BY 1, 2;
            """;

    private final BareDatabase database;
    private final DataSource pool;
    private final LocalDate today;

    public ChargedYear(Path data, LocalDate today) throws Exception {
        this.today = today;
        database = new BareDatabase(data, 8);
        pool = database.pool;
    }

    /** @param progress is told the day that is done, from 1 */
    public void load(int charges, Consumer<Integer> progress) throws SQLException {
        try (Connection connection = database.owner();
                Statement statement = connection.createStatement()) {
            statement.execute(OWNERS.formatted(CALLERS, PUBLISHERS, CALLERS));
            connection.setAutoCommit(false);
            for (int day = 1; day <= DAYS; day++) {
                statement.execute(DRAW.formatted(
                        today.minusDays(DAYS - day), CALLERS, VERSIONS, charges / DAYS, PUBLISHERS));
                statement.execute("SELECT fold_charges()");
                connection.commit();
                progress.accept(day);
            }
            connection.setAutoCommit(true);
            statement.execute("VACUUM ANALYZE");
        }
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
