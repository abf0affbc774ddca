package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Page;
import io.algomat.platform.Price;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports read roll-ups; that these equal the charges, whatever happens when, is decided here. */
@ExtendWith(LedgerBeans.class)
class RollUpTest {
    private static final String CHARGE = """
            INSERT INTO charge (call_id, caller_id, publisher_id, version_id, algorithm, version, device, billed_ms,
                held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps)
            VALUES (gen_random_uuid(), ?, 1, -1, 'demo/echo', '1.0.0', 'cpu', 7, 0, 0, 0, 0, 0, false, 0, 0, 1500)
            """;

    @Inject
    ChargeReport reports;

    private static final String LABELLED =
            CHARGE.replace("take_bps)", "take_bps, labels)").replace("1500)", "1500, ?::jsonb)");

    @Inject
    ChargeList chargeList;

    @Inject
    FoldCharges fold;

    @Inject
    Charges charges;

    @Inject
    Billing billing;

    @Inject
    RefundCharge refund;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    DataSource database;

    private long caller;
    private long publisher;

    @BeforeEach
    void owners() {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(1000));
    }

    /** The trap of every watermark: what began first commits last, when later charges are folded already. */
    @Test
    void aTransactionThatCommitsLateIsNotSkipped() throws SQLException {
        try (Connection late = database.getConnection()) {
            late.setAutoCommit(false);
            Rows.change(late, CHARGE, caller);
            charges.charge(caller, null, publisher, "a/b", 1_000_000, 5);
            fold.fold();
            assertThat(callsOf(caller)).isEqualTo(1);

            late.commit();

            assertThat(callsOf(caller)).isEqualTo(2);
            fold.fold();
            assertThat(callsOf(caller)).isEqualTo(2);
        }
    }

    @Test
    void whatIsRolledBackIsNotCounted() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Rows.change(connection, CHARGE, caller);
            connection.rollback();
        }
        assertThat(callsOf(caller)).isZero();
    }

    @Test
    void manyWhoChargeAndFoldAtOnceLoseAndDoubleNothing() throws Exception {
        List<Long> callers = List.of(caller, money.ownerWithoutCredit(), money.ownerWithoutCredit());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 50; n++) {
                        write(callers.get(n % 3));
                    }
                    return null;
                }));
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 15; n++) {
                        fold.fold();
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }

        assertThat(callers.stream().map(this::callsOf)).containsExactly(136L, 136L, 128L);
        fold.fold();
        assertThat(callers.stream().map(this::callsOf)).containsExactly(136L, 136L, 128L);
        assertThat(differences(LedgerRule.ROLL_UP_EQUALS_CHARGES)).isZero();
        assertThat(differences(LedgerRule.ROLL_UPS_AGREE)).isZero();
    }

    /** To the micro-credit, by whatever it is grouped, folded or not: fees are rounded down, so that parts are uneven. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LABEL")
    void everyReportAddsUpToTheLedger(Dimension by) throws SQLException {
        charges.charge(caller, null, publisher, "a/b", 1_333_333, 12);
        charges.charge(caller, 7L, publisher, "a/b", 777_777, 30);
        fold.fold();
        charges.charge(caller, 8L, publisher, "a/c", 1, 1);

        try (Connection connection = database.getConnection()) {
            // Other tests charge at the same time; what both sides say is read from one snapshot.
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Sums ledger = Rows.first(connection, """
                    SELECT coalesce(sum(-l.amount) FILTER (WHERE a.kind IN ('promo', 'funded')), 0) AS gross,
                           coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'promo'), 0) AS promo,
                           coalesce(sum(l.amount) FILTER (WHERE a.kind IN ('earnings', 'earnings_unfunded', 'site_fee')), 0)
                               AS royalty,
                           coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_fee'), 0) AS fee,
                           coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_compute'), 0) AS compute
                    FROM posting p JOIN leg l ON l.posting_id = p.id JOIN ledger_account a ON a.id = l.account_id
                    WHERE p.kind = 'charge'
                    """, Sums::read).orElseThrow();
            Report report = ChargeReport.read(
                    connection, Slice.of(new Whose.Everyones()), always(), by, ReportOrder.GROSS, false, 1, 1_000_000);

            assertThat(report.lines().items().stream()
                            .map(line -> line.figures().sums())
                            .reduce(Sums.NOTHING, Sums::plus))
                    .isEqualTo(ledger);
            assertThat(report.total().sums()).isEqualTo(ledger);
            connection.rollback();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    @Test
    void aSliceIsNarrowedByEachDimension() {
        charges.charge(caller, 7L, publisher, "a/b", 1_000_000, 12);
        charges.charge(caller, null, publisher, "a/c", 2_000_000, 30);
        Slice own = Slice.of(new Whose.Callers(caller));

        assertThat(gross(own.with(Dimension.ALGORITHM, "a/b"))).isEqualTo(Credits.micro(1_012_000));
        assertThat(gross(own.with(Dimension.VERSION, "a/c/1.0.0"))).isEqualTo(Credits.micro(2_030_000));
        assertThat(gross(own.with(Dimension.KEY, Dimension.NO_KEY))).isEqualTo(Credits.micro(2_030_000));
        assertThat(gross(own.with(Dimension.DEVICE, "gpu:0"))).isEqualTo(Credits.ZERO);
        assertThat(gross(own.with(Dimension.VERSION, "nonsense"))).isEqualTo(Credits.ZERO);
        assertThat(gross(own.with(Dimension.KEY, "' OR true --"))).isEqualTo(Credits.ZERO);
        assertThat(gross(Slice.of(new Whose.Publishers(caller)))).isEqualTo(Credits.ZERO);
        assertThat(gross(own.with(Dimension.ALGORITHM, "a/b").without(Dimension.ALGORITHM)))
                .isEqualTo(Credits.micro(3_042_000));
    }

    @Test
    void aCallCountsForEachOfItsLabels() throws SQLException {
        try (Connection connection = database.getConnection()) {
            for (String labels :
                    List.of("{\"customer\": \"a=b\", \"job\": \"night\"}", "{\"customer\": \"a=b\"}", "{}")) {
                Rows.change(connection, LABELLED, caller, labels);
            }
        }
        for (int folded = 0; folded < 2; folded++) {
            Slice own = Slice.of(new Whose.Callers(caller));
            Report byLabel = reports.read(own, always(), Dimension.LABEL, ReportOrder.CALLS, false, 1, 10);
            assertThat(byLabel.lines().items())
                    .extracting(Report.Line::value, line -> line.figures().calls())
                    .containsExactly(tuple("customer=a=b", 2L), tuple("job=night", 1L));
            assertThat(byLabel.total().calls()).isEqualTo(3);
            Slice night = own.with(Dimension.LABEL, "job=night");
            assertThat(reports.days(night, always())).hasSize(1);
            Page<ChargeList.Line> charged = charges(night);
            assertThat(charged.total()).isEqualTo(1);
            assertThat(charged.items())
                    .singleElement()
                    .satisfies(line -> assertThat(line.labels().toString()).isEqualTo("customer=a=b, job=night"));
            assertThat(charges(own.with(Dimension.LABEL, "customer=a=b")).items())
                    .hasSize(2);
            assertThat(charges(own.with(Dimension.LABEL, "nonsense")).items()).isEmpty();
            assertThat(differences(LedgerRule.ROLL_UP_EQUALS_LABELS)).isZero();
            fold.fold();
        }
    }

    /** The site gives back first: of 12 credits 2 are compute, 1.5 the fee and 8.5 the publisher's. */
    @Test
    void whatWasGivenBackIsToldBesideWhatWasCharged() throws SQLException {
        Charge charge = charges.charge(caller, 7L, publisher, "a/b", 10_000_000, 2000);
        fold.fold();
        for (String amount : List.of("3", "4")) {
            refund.refund(people.administrator(), charge.callId(), amount, "It answered nonsense", Ids.random("form"));
        }
        for (int folded = 0; folded < 2; folded++) {
            for (Slice slice : List.of(
                    Slice.of(new Whose.Callers(caller)),
                    Slice.of(new Whose.Publishers(publisher)),
                    Slice.of(new Whose.Everyones()).with(Dimension.CALLER, nameOf(caller)))) {
                Figures figures = reports.read(slice, always(), Dimension.DAY, ReportOrder.NET, true, 1, 10)
                        .total();
                assertThat(figures.calls()).isEqualTo(1);
                assertThat(figures.sums().gross()).isEqualTo(Credits.of(12));
                assertThat(figures.givenBack()).isEqualTo(new GivenBack(Credits.of(7), Credits.parse("3.5")));
                assertThat(figures.net()).isEqualTo(Credits.of(5));
                assertThat(figures.netShare()).isEqualTo(Credits.of(5));
                assertThat(figures.netSite()).isEqualTo(Credits.ZERO);
            }
            clean();
            fold.fold();
        }
    }

    @Test
    void unitsAreAddedUpByTheirMetric() throws SQLException {
        for (int folded = 0; folded < 2; folded++) {
            counted("pages", 2.5);
            counted("pages", 1);
            counted("seconds", 0.125);
            charges.charge(caller, null, publisher, "a/free_of_units", 1_000_000, 5);
            for (Dimension by : List.of(Dimension.DAY, Dimension.CALLER, Dimension.PUBLISHER)) {
                Report report = reports.read(
                        Slice.of(new Whose.Callers(caller)), always(), by, ReportOrder.GROSS, false, 1, 10);
                assertThat(report.lines().items()).singleElement().satisfies(line -> {
                    assertThat(line.figures().calls()).isEqualTo(4);
                    assertThat(line.figures().counted()).hasToString("pages=3.5 seconds=0.125");
                });
                assertThat(report.total().counted()).hasToString("pages=3.5 seconds=0.125");
            }
            clean();
            fold.fold();
            caller = money.ownerWithoutCredit();
            money.fund(caller, Credits.of(1000));
        }
    }

    private void counted(String metric, double units) {
        Price price =
                new Price(Credits.of(1), Credits.ZERO, 1500, new UnitPrice(metric, Credits.of(2), 1, Units.of(10)));
        billing.capture(
                billing.hold(Calls.of(caller, publisher, price, 10, false)), new Usage(1, Units.reported(units)));
    }

    private String nameOf(long owner) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.first(connection, "SELECT name FROM owner WHERE id = ?", row -> row.getString(1), owner)
                    .orElseThrow();
        }
    }

    private void clean() throws SQLException {
        for (LedgerRule rule : List.of(
                LedgerRule.ROLL_UP_EQUALS_CHARGES, LedgerRule.ROLL_UP_EQUALS_LABELS, LedgerRule.ROLL_UPS_AGREE)) {
            assertThat(differences(rule)).as(rule.promise()).isZero();
        }
    }

    private Page<ChargeList.Line> charges(Slice slice) {
        return chargeList.page(slice, always(), 1, 10);
    }

    private void write(long of) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Rows.change(connection, CHARGE, of);
        }
    }

    private long callsOf(long owner) {
        return reports.days(Slice.of(new Whose.Callers(owner)), always()).stream()
                .mapToLong(day -> day.figures().calls())
                .sum();
    }

    private Credits gross(Slice slice) {
        return reports.read(slice, always(), Dimension.DAY, ReportOrder.GROSS, false, 1, 10)
                .total()
                .sums()
                .gross();
    }

    private long differences(LedgerRule rule) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Rows.first(connection, rule.differences(), row -> row.getLong(1))
                    .orElseThrow();
        }
    }

    private static Period always() {
        // Tests of invoices charge in months that are long over.
        return new Period(
                LocalDate.of(1900, 1, 1), LocalDate.now(ZoneOffset.UTC).plusYears(5));
    }
}
