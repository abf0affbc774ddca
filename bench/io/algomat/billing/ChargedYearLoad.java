package io.algomat.billing;

import java.sql.Connection;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Writes a year of charges as the ledger would have them after a year: under all constraints, but with the triggers of
 * {@code charge}, {@code refund} and {@code leg} switched off, which ask each charge for what is true here by construction
 * and take most of the time. What they and the folding would have kept up to date is made by the same sums: the roll-ups
 * day by day, the balances once at the end. Whether it came out right is for {@link VerifyLedger} to say.
 *
 * <p>Each posting holds five hundred charges, as the writer of a busy gateway books them. A fifth of the versions is paid by
 * the page, and one of two thousand charges is given back. A charge's time is the one thing that is made up. Two days are
 * written at a time, and indexes that no constraint needs are built afterwards.
 */
final class ChargedYearLoad {
    static final int DAYS = 365;
    private static final int CALLERS = 1_000;
    private static final int PUBLISHERS = 50;
    private static final int VERSIONS = 200;
    /** Charges in a posting. */
    private static final int TOGETHER = 500;

    /** Charges for each refund. */
    private static final int REFUND_OF = 2_000;

    private static final int WRITERS = 2;

    private static final String OWNERS = """
            INSERT INTO owner (name, display_name, kind) SELECT 'caller' || n, '', 'user' FROM generate_series(1, %1$d) n;
            INSERT INTO owner (name, display_name, kind) SELECT 'publisher' || n, '', 'user' FROM generate_series(1, %2$d) n;
            INSERT INTO ledger_account (owner_id, kind)
                SELECT owner.id, account.kind
                FROM owner, unnest(ARRAY['promo', 'funded', 'earnings', 'earnings_unfunded']) AS account (kind)
                WHERE name ~ '^(caller|publisher)[0-9]+$';
            INSERT INTO charge_subject (publisher_id, version_id, algorithm, version, device, unit_metric)
                SELECT id, n, name || '/algorithm' || n, '1.0.0', 'cpu', CASE WHEN n %% 5 = 0 THEN 'pages' END
                FROM generate_series(1, %3$d) n JOIN owner ON name = 'publisher' || (1 + n %% %2$d);
            WITH booked AS (INSERT INTO posting (kind, source) VALUES ('credit_grant', 'bench') RETURNING id)
            INSERT INTO leg SELECT booked.id, a.id, 1000000000000000 FROM booked, ledger_account a JOIN owner o ON o.id = a.owner_id
                WHERE o.name ~ '^caller' AND a.kind = 'funded'
                UNION ALL SELECT booked.id, a.id, -1000000000000000::bigint * %1$d FROM booked, ledger_account a WHERE a.kind = 'funding';
            """;

    private static final String SUBJECT_KEY = "charge_day_subject_id_fkey";

    private static final String TRIGGERS =
            "ALTER TABLE charge %1$s TRIGGER USER; ALTER TABLE leg %1$s TRIGGER USER; ALTER TABLE refund %1$s TRIGGER USER";

    /** Indexes that only readers need, with what makes them anew. */
    private static final String INDEXES = """
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
            WHERE indrelid IN ('charge'::regclass, 'leg'::regclass, 'charge_day'::regclass) AND NOT indisunique
            """;

    /** Squares of a random number: the first of them are met often, the last seldom. In the order of their time, as in life. */
    private static final String DRAW = """
            CREATE TEMP TABLE drawn ON COMMIT DROP AS
            SELECT %5$d + t.n / %6$d AS posting_id, uuidv7(t.at - clock_timestamp()) AS call_id, t.at AS charged_at,
                   caller.id AS caller_id, caller.id * 2 + (t.one < 0.3)::int AS key_id, s.id AS subject_id,
                   s.publisher_id, s.version_id, s.algorithm, t.billed_ms, t.billed_ms * 1000 AS compute,
                   t.base, t.base + paid.pages * 100 AS royalty, (t.base + paid.pages * 100) * 1500 / 10000 AS fee,
                   s.unit_metric, CASE WHEN s.unit_metric IS NOT NULL THEN paid.pages * 1000 END AS units,
                   CASE WHEN t.n %% %7$d = 0 THEN %5$d + %4$d / %6$d + 1 + t.n / %7$d END AS refund_id
            FROM (SELECT n, (TIMESTAMP '%1$s' + n * interval '23:59:59' / %4$d) AT TIME ZONE 'UTC' AS at, random() AS one,
                         1 + floor(%2$d * power(random(), 2))::int AS caller, version,
                         (1 + random() * 400)::bigint AS billed_ms, 1000 * (version %% 7)::bigint + 333 AS base,
                         (1 + random() * 30)::bigint AS pages
                  FROM (SELECT n, 1 + floor(%3$d * power(random(), 2))::int AS version
                        FROM generate_series(0, %4$d - 1) n OFFSET 0) version) t
            JOIN owner caller ON caller.name = 'caller' || t.caller
            JOIN charge_subject s ON s.version_id = t.version
            CROSS JOIN LATERAL (SELECT CASE WHEN s.unit_metric IS NULL THEN 0 ELSE t.pages END AS pages) paid;
            """;

    private static final String BOOK = """
            INSERT INTO posting (id, kind, source, memo, booked_at) OVERRIDING SYSTEM VALUE
                SELECT posting_id, 'charge', NULL, NULL, max(charged_at) FROM drawn GROUP BY 1
                UNION ALL SELECT refund_id, 'refund', 'bench-' || refund_id, 'No result came', charged_at
                FROM drawn WHERE refund_id IS NOT NULL;
            INSERT INTO charge (posting_id, call_id, charged_at, caller_id, key_id, publisher_id, version_id, algorithm, version,
                                device, billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty,
                                rate_per_ms, take_bps, units, unit_metric, unit_price, unit_per, unit_most)
                SELECT posting_id, call_id, charged_at, caller_id, key_id, publisher_id, version_id, algorithm, '1.0.0', 'cpu',
                       billed_ms, royalty + compute, royalty, fee, compute, 0, false, base, 1000, 1500,
                       units, unit_metric, unit.price, unit.per, unit.most
                FROM drawn LEFT JOIN (VALUES ('pages', 100, 1, 50)) unit (metric, price, per, most) ON metric = unit_metric
                ORDER BY charged_at;
            INSERT INTO refund (posting_id, call_id, refunded_at, promo, funded, compute, fee, unfunded, payable)
                SELECT refund_id, call_id, charged_at, 0, royalty + compute, compute, fee, 0, royalty - fee
                FROM drawn WHERE refund_id IS NOT NULL;
            INSERT INTO leg (posting_id, account_id, amount)
                SELECT booked.id, a.id, sum(booked.sign * part.amount)
                FROM drawn
                CROSS JOIN LATERAL (VALUES (posting_id, 1), (refund_id, -1)) booked (id, sign)
                CROSS JOIN LATERAL (VALUES (caller_id, 'funded', -royalty - compute), (publisher_id, 'earnings', royalty - fee),
                                           (NULL, 'site_fee', fee), (NULL, 'site_compute', compute)) part (owner_id, kind, amount)
                JOIN ledger_account a ON a.kind = part.kind AND coalesce(a.owner_id, 0) = coalesce(part.owner_id, 0)
                WHERE booked.id IS NOT NULL
                GROUP BY 1, 2 HAVING sum(part.amount) <> 0 ORDER BY 1, 2;
            INSERT INTO charge_day (day, subject_id, caller_id, key_id, %2$s)
                SELECT DATE '%1$s', subject_id, caller_id, key_id, %3$s FROM drawn GROUP BY 2, 3, 4;
            INSERT INTO charge_day_subject_sum (day, subject_id, %2$s)
                SELECT DATE '%1$s', subject_id, %3$s FROM drawn GROUP BY 2;
            INSERT INTO charge_day_caller_sum (day, caller_id, key_id, unit_metric, %2$s)
                SELECT DATE '%1$s', caller_id, key_id, unit_metric, %3$s FROM drawn GROUP BY 2, 3, 4;
            """;
    private static final String SUMMED =
            "calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, units, refunded, refunded_share";

    private static final String SUMS = """
            count(*), 0, 0, sum(billed_ms), sum(royalty), sum(fee), sum(compute), 0, coalesce(sum(units), 0),
            coalesce(sum(royalty + compute) FILTER (WHERE refund_id IS NOT NULL), 0),
            coalesce(sum(royalty - fee) FILTER (WHERE refund_id IS NOT NULL), 0)""";

    private static final String SETTLE = """
            UPDATE ledger_account a SET balance = moved.amount
                FROM (SELECT account_id, sum(amount) AS amount FROM leg GROUP BY 1) moved
                WHERE a.id = moved.account_id AND a.balance IS NOT NULL;
            SELECT setval(pg_get_serial_sequence('posting', 'id'), (SELECT max(id) FROM posting));
            """;

    private ChargedYearLoad() {}

    /**
     * On a ledger where nothing was charged.
     *
     * @param owner opens connections of the owner role
     * @param progress is told each day that is done, from 1
     */
    static void load(Callable<Connection> owner, LocalDate today, int charges, Consumer<Integer> progress)
            throws Exception {
        try (Connection connection = owner.call();
                Statement statement = connection.createStatement()) {
            statement.execute(OWNERS.formatted(CALLERS, PUBLISHERS, VERSIONS));
            Map<String, String> indexes = new HashMap<>();
            Rows.list(connection, INDEXES, row -> indexes.put(row.getString(1), row.getString(2)));
            statement.execute("DROP INDEX " + String.join(", ", indexes.keySet()));
            statement.execute(TRIGGERS.formatted("DISABLE"));
            statement.execute("ALTER TABLE charge_day DROP CONSTRAINT " + SUBJECT_KEY);
            days(owner, today, charges, progress);
            statement.execute(SETTLE);
            statement.execute(TRIGGERS.formatted("ENABLE"));
            statement.execute("ALTER TABLE charge_day ADD CONSTRAINT " + SUBJECT_KEY
                    + " FOREIGN KEY (subject_id) REFERENCES charge_subject");
            statement.execute("SET maintenance_work_mem = '512MB'");
            for (String index : indexes.values()) {
                statement.execute(index);
            }
            statement.execute("VACUUM ANALYZE");
        }
    }

    private static void days(
            Callable<Connection> owner, LocalDate today, int charges, Consumer<Integer> progress) throws Exception {
        AtomicInteger next = new AtomicInteger(1);
        Callable<Void> writer = () -> {
            try (Connection connection = owner.call();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                for (int day = next.getAndIncrement(); day <= DAYS; day = next.getAndIncrement()) {
                    LocalDate date = today.minusDays(DAYS - day);
                    int number = ofDay(day, charges);
                    // The first posting is the one that gave the callers their credit.
                    int posting = 2 + (day - 1) * (postings(charges, TOGETHER) + postings(charges, REFUND_OF));
                    statement.execute(DRAW.formatted(date, CALLERS, VERSIONS, number, posting, TOGETHER, REFUND_OF));
                    statement.execute(BOOK.formatted(date, SUMMED, SUMS));
                    connection.commit();
                    progress.accept(day);
                }
            }
            return null;
        };
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            for (Future<Void> each : writers.invokeAll(Collections.nCopies(WRITERS, writer))) {
                each.get();
            }
        }
    }

    /** Postings of a day at the most, of so many charges each. */
    private static int postings(int charges, int each) {
        return (charges / DAYS + 1) / each + 2;
    }

    /** All days together have as many as were asked for. */
    private static int ofDay(int day, int charges) {
        return (int) ((long) charges * day / DAYS - (long) charges * (day - 1) / DAYS);
    }
}
