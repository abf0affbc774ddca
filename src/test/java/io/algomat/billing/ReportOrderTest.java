package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a report's lines are sorted and paged, and what stands in them. */
@ExtendWith(LedgerBeans.class)
class ReportOrderTest {
    private static final Map<ReportOrder, ToDoubleFunction<Figures>> MEANT = Map.ofEntries(
            Map.entry(ReportOrder.CALLS, Figures::calls),
            Map.entry(ReportOrder.FREE, Figures::free),
            Map.entry(ReportOrder.SUCCESS, Figures::successPercent),
            Map.entry(ReportOrder.BILLED, Figures::billedMillis),
            Map.entry(ReportOrder.GROSS, figures -> figures.sums().gross().micro()),
            Map.entry(
                    ReportOrder.REFUNDED,
                    figures -> figures.givenBack().amount().micro()),
            Map.entry(ReportOrder.NET, figures -> figures.net().micro()),
            Map.entry(ReportOrder.ROYALTY, figures -> figures.sums().royalty().micro()),
            Map.entry(ReportOrder.FEE, figures -> figures.sums().fee().micro()),
            Map.entry(ReportOrder.COMPUTE, figures -> figures.sums().compute().micro()),
            Map.entry(ReportOrder.TAKE, Figures::takePercent),
            Map.entry(ReportOrder.SHARE, figures -> figures.sums().share().micro()),
            Map.entry(
                    ReportOrder.TAKEN_BACK,
                    figures -> figures.givenBack().share().micro()),
            Map.entry(ReportOrder.NET_SHARE, figures -> figures.netShare().micro()));

    private static final String FREE = """
            INSERT INTO call_log (id, started_at, caller_id, publisher_id, algorithm, version_id, version, front, outcome,
                worker, device, attempts, queue_us, cold_us, compute_us, total_us, cost, royalty, fee, compute, promo)
            VALUES (?, now(), ?, ?, ?, -1, '1.0.0', 'v1', ?, '', 'cpu', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
            """;

    @Inject
    ChargeReport reports;

    @Inject
    RefundCharge refund;

    @Inject
    Charges charges;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    Sql sql;

    private long caller;
    private long publisher;

    @BeforeEach
    void calls() {
        caller = money.ownerWithoutCredit();
        publisher = money.ownerWithoutCredit();
        money.promo(caller, Credits.of(5));
        money.fund(caller, Credits.of(1000));
        UUID whole = charge("x/a", 10_000_000, 1000);
        charge("x/b", 1_000_000, 5000);
        UUID part = charge("x/b", 1_000_000, 5000);
        free("x/b", "failed");
        charge("x/c", 0, 20_000);
        free("x/c", "failed");
        free("x/c", "cancelled");
        free("x/c", "cancelled");
        charge("x/d", 0, 20_000);
        charge("x/e", 7_777_777, 1);
        free("x/f", "failed");
        refund.refund(people.administrator(), whole, "", "All of it", Ids.random("form"));
        refund.refund(people.administrator(), part, "5.5", "A part", Ids.random("form"));
    }

    private UUID charge(String algorithm, long royalty, long millis) {
        return charges.charge(caller, null, publisher, algorithm, royalty, millis)
                .callId();
    }

    private void free(String algorithm, String outcome) {
        sql.update(FREE, Ids.newCallId(Clock.systemUTC()), caller, publisher, algorithm, outcome);
    }

    private Report read(ReportOrder order, boolean up, int page, int size) {
        return reports.read(own(), aroundToday(), Dimension.ALGORITHM, order, up, page, size);
    }

    private Slice own() {
        return Slice.of(new Whose.Publishers(publisher));
    }

    private static Period aroundToday() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return new Period(today.minusDays(1), today.plusDays(1));
    }

    @Test
    void eachLineHasItsOwnFigures() {
        Map<String, Figures> lines = read(ReportOrder.VALUE, true, 1, 10).lines().items().stream()
                .collect(Collectors.toMap(Report.Line::value, Report.Line::figures));

        assertThat(lines).containsOnlyKeys("x/a", "x/b", "x/c", "x/d", "x/e", "x/f");
        assertThat(lines.get("x/a"))
                .isEqualTo(new Figures(
                        1,
                        0,
                        0,
                        1000,
                        new Sums(Credits.of(11), Credits.of(10), Credits.parse("1.5"), Credits.of(1), Credits.of(5)),
                        new GivenBack(Credits.of(11), Credits.parse("8.5")),
                        Counted.NOTHING));
        assertThat(lines.get("x/b"))
                .isEqualTo(new Figures(
                        2,
                        1,
                        0,
                        10_000,
                        new Sums(Credits.of(12), Credits.of(2), Credits.parse("0.3"), Credits.of(10), Credits.ZERO),
                        new GivenBack(Credits.parse("5.5"), Credits.parse("0.35")),
                        Counted.NOTHING));
        assertThat(lines.get("x/c").cancelled()).isEqualTo(2);
        assertThat(lines.get("x/c").failed()).isEqualTo(1);
        assertThat(lines.get("x/f"))
                .isEqualTo(new Figures(0, 1, 0, 0, Sums.NOTHING, GivenBack.NOTHING, Counted.NOTHING));
    }

    /** Those that are the same come in the order of their names. */
    @ParameterizedTest
    @EnumSource
    void linesAreSortedFromTheLeastOrFromTheMost(ReportOrder order) {
        for (boolean up : new boolean[] {true, false}) {
            List<Report.Line> lines = read(order, up, 1, 10).lines().items();

            Comparator<Report.Line> byValue = Comparator.comparing(Report.Line::value);
            Comparator<Report.Line> meant = order == ReportOrder.VALUE
                    ? byValue
                    : Comparator.comparingDouble(line -> MEANT.get(order).applyAsDouble(line.figures()));
            assertThat(lines).hasSize(6).isSortedAccordingTo((up ? meant : meant.reversed()).thenComparing(byValue));
        }
    }

    @Test
    void noTwoOrdersAreTheSameByChance() {
        List<String> orders = new ArrayList<>();
        for (ReportOrder order : ReportOrder.values()) {
            orders.add(order.sql(true));
        }
        assertThat(orders).doesNotHaveDuplicates().allMatch(each -> each.endsWith(" ASC, value"));
        assertThat(ReportOrder.NET_SHARE.wire()).isEqualTo("net_share");
    }

    @Test
    void linesComeByPagesAndTheTotalIsOfAll() {
        Report first = read(ReportOrder.VALUE, true, 1, 4);
        Report second = read(ReportOrder.VALUE, true, 2, 4);

        assertThat(first.lines().items()).extracting(Report.Line::value).containsExactly("x/a", "x/b", "x/c", "x/d");
        assertThat(second.lines().items()).extracting(Report.Line::value).containsExactly("x/e", "x/f");
        assertThat(second.lines().total()).isEqualTo(6);
        assertThat(second.lines().number()).isEqualTo(2);
        assertThat(read(ReportOrder.VALUE, true, 0, 4)).isEqualTo(first);
        assertThat(second.total()).isEqualTo(first.total());
        assertThat(first.total().calls()).isEqualTo(6);
        assertThat(first.total().free()).isEqualTo(5);
        assertThat(first.total().sums().promo()).isEqualTo(Credits.of(5));
    }

    @Test
    void allLinesAreHandedOverTheLargestGrossFirst() {
        List<String> read = new ArrayList<>();

        long lines = reports.each(own(), aroundToday(), Dimension.ALGORITHM, line -> read.add(line.value()));

        assertThat(lines).isEqualTo(6);
        assertThat(read).containsExactly("x/c", "x/d", "x/b", "x/a", "x/e", "x/f");
        assertThat(reports.each(Slice.of(new Whose.Publishers(caller)), aroundToday(), Dimension.DAY, line -> {}))
                .isZero();
    }
}
