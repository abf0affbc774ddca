package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.algomat.testing.Accounts;
import io.algomat.testing.PastCharges;
import io.algomat.testing.People;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which charges a report is about, and by what it adds them up. There are four charges, of 1, 2, 4 and 8 micro-credits, so
 * that a sum tells which are in it.
 */
@ExtendWith(LedgerBeans.class)
class SliceTest {
    private static final Slice ALL = Slice.of(new Whose.Everyones());

    @Inject
    ChargeReport reports;

    @Inject
    ChargeList list;

    @Inject
    FoldCharges fold;

    @Inject
    PastCharges past;

    @Inject
    People people;

    private Accounts.User ada;
    private Accounts.User eve;
    private Accounts.User publisher;
    private Accounts.User other;
    private YearMonth month;
    private Period period;
    private long key;

    @BeforeEach
    void fourCharges() {
        ada = people.user();
        eve = people.user();
        publisher = people.user();
        other = people.user();
        month = past.freeMonth();
        period = new Period(month.atDay(10), month.atDay(20));
        key = people.key(ada.ownerId());
        past.charge(ada, key, publisher.ownerId(), "x/a", month.atDay(10), 1, 0);
        past.charge(ada, null, publisher.ownerId(), "x/b", month.atDay(12), 2, 0);
        past.charge(eve, null, publisher.ownerId(), "x/a", month.atDay(12), 4, 0);
        past.charge(ada, null, other.ownerId(), "y/a", month.atDay(20), 8, 0);
        past.charge(ada, null, publisher.ownerId(), "x/a", month.atDay(9), 100, 0);
        past.charge(ada, null, publisher.ownerId(), "x/a", month.atDay(21), 100, 0);
    }

    private static Slice paidBy(Accounts.User caller) {
        return Slice.of(new Whose.Callers(caller.ownerId()));
    }

    private static Slice earnedBy(Accounts.User publisher) {
        return Slice.of(new Whose.Publishers(publisher.ownerId()));
    }

    /** The same from the roll-ups and from the charges themselves. */
    private long gross(Slice slice) {
        long byDay = reports.days(slice, period).stream()
                .mapToLong(day -> day.figures().sums().gross().micro())
                .sum();
        List<ChargeList.Line> charges = new ArrayList<>();
        list.each(slice, period, charges::add);
        assertThat(charges.stream()
                        .mapToLong(line -> line.sums().gross().micro())
                        .sum())
                .isEqualTo(byDay);
        assertThat(list.page(slice, period, 1, 10).items()).isEqualTo(charges);
        assertThat(list.page(slice, period, 1, 10).total()).isEqualTo(charges.size());
        return byDay;
    }

    @Test
    void chargesAreOfTheirCallerAndOfTheirPublisherAndOfTheSite() throws SQLException {
        for (int folded = 0; folded < 2; folded++) {
            assertThat(gross(paidBy(ada))).isEqualTo(11);
            assertThat(gross(paidBy(eve))).isEqualTo(4);
            assertThat(gross(earnedBy(publisher))).isEqualTo(7);
            assertThat(gross(earnedBy(ada))).isZero();
            assertThat(gross(ALL.with(Dimension.CALLER, ada.name()))).isEqualTo(11);
            assertThat(gross(ALL.with(Dimension.PUBLISHER, publisher.name()))).isEqualTo(7);
            assertThat(gross(ALL.with(Dimension.CALLER, ada.name()).with(Dimension.PUBLISHER, publisher.name())))
                    .isEqualTo(3);
            assertThat(gross(ALL.with(Dimension.CALLER, "nobody_here"))).isZero();
            fold.fold();
        }
    }

    @Test
    void aSliceIsNarrowedByEachDimension() {
        assertThat(gross(earnedBy(publisher).with(Dimension.ALGORITHM, "x/a"))).isEqualTo(5);
        assertThat(gross(earnedBy(publisher).with(Dimension.ALGORITHM, "x"))).isZero();
        assertThat(gross(earnedBy(publisher).with(Dimension.VERSION, "x/b/1.0.0")))
                .isEqualTo(2);
        assertThat(gross(earnedBy(publisher).with(Dimension.VERSION, "x/b/1.0.1")))
                .isZero();
        assertThat(gross(earnedBy(publisher).with(Dimension.VERSION, "nonsense")))
                .isZero();
        assertThat(gross(paidBy(ada).with(Dimension.DEVICE, "cpu"))).isEqualTo(11);
        assertThat(gross(paidBy(ada).with(Dimension.DEVICE, "gpu:0"))).isZero();
        assertThat(gross(paidBy(ada).with(Dimension.LABEL, "customer=acme"))).isZero();
        assertThat(gross(paidBy(ada).with(Dimension.LABEL, "nonsense"))).isZero();
    }

    @Test
    void aKeyIsItsOwnersAlone() {
        String id = String.valueOf(key);
        assertThat(gross(paidBy(ada).with(Dimension.KEY, id))).isEqualTo(1);
        assertThat(gross(paidBy(ada).with(Dimension.KEY, Dimension.NO_KEY))).isEqualTo(10);
        assertThat(gross(paidBy(eve).with(Dimension.KEY, id))).isZero();
        assertThat(gross(ALL.with(Dimension.KEY, id))).isEqualTo(1);
        for (String nonsense : List.of("", "x", id + "x", "-" + id, "0", "1234567890123456789", "' OR true --")) {
            assertThat(gross(paidBy(ada).with(Dimension.KEY, nonsense)))
                    .as(nonsense)
                    .isZero();
        }
        assertThat(gross(paidBy(ada).with(Dimension.KEY, "123456789012345678"))).isZero();
    }

    @Test
    void aSliceIsNarrowedElsewhereOrWidenedAgain() {
        Slice narrow = paidBy(ada).with(Dimension.ALGORITHM, "x/a").with(Dimension.DEVICE, "cpu");
        assertThat(gross(narrow)).isEqualTo(1);
        assertThat(narrow.with(Dimension.ALGORITHM, "x/b").values())
                .containsOnly(entry(Dimension.ALGORITHM, "x/b"), entry(Dimension.DEVICE, "cpu"));
        assertThat(narrow.without(Dimension.ALGORITHM).values()).containsOnly(entry(Dimension.DEVICE, "cpu"));
        assertThat(gross(narrow.without(Dimension.ALGORITHM))).isEqualTo(11);
    }

    @ParameterizedTest
    @EnumSource(names = {"MONTH", "DAY"})
    void timeIsThePeriodsToNarrow(Dimension time) {
        Slice slice = ALL.with(time, month.toString());
        assertThatThrownBy(() -> Condition.of(slice)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesAreAddedUpByEachDimension() throws SQLException {
        for (int folded = 0; folded < 2; folded++) {
            Slice own = earnedBy(publisher);
            assertThat(lines(own, Dimension.ALGORITHM)).containsExactly(entry("x/a", 5L), entry("x/b", 2L));
            assertThat(lines(own, Dimension.VERSION)).containsExactly(entry("x/a/1.0.0", 5L), entry("x/b/1.0.0", 2L));
            assertThat(lines(own, Dimension.CALLER)).containsExactly(entry(eve.name(), 4L), entry(ada.name(), 3L));
            assertThat(lines(own, Dimension.KEY))
                    .containsExactly(entry(Dimension.NO_KEY, 6L), entry(String.valueOf(key), 1L));
            assertThat(lines(own, Dimension.DEVICE)).containsExactly(entry("cpu", 7L));
            assertThat(lines(own, Dimension.LABEL)).isEmpty();
            assertThat(lines(own, Dimension.MONTH)).containsExactly(entry(month.toString(), 7L));
            assertThat(lines(own, Dimension.DAY)).containsExactly(entry(month + "-12", 6L), entry(month + "-10", 1L));
            assertThat(lines(paidBy(ada), Dimension.PUBLISHER))
                    .containsExactly(entry(other.name(), 8L), entry(publisher.name(), 3L));
            fold.fold();
        }
    }

    private Map<String, Long> lines(Slice slice, Dimension by) {
        Map<String, Long> lines = new LinkedHashMap<>();
        reports.each(
                slice,
                period,
                by,
                line -> lines.put(line.value(), line.figures().sums().gross().micro()));
        Report report = reports.read(slice, period, by, ReportOrder.GROSS, false, 1, 10);
        assertThat(report.lines().items()).extracting(Report.Line::value).containsExactlyElementsOf(lines.keySet());
        return lines;
    }

    @Test
    void theViewWithTheFewestRowsIsRead() {
        assertThat(Condition.view(ALL, Set.of(Dimension.DAY))).isEqualTo("charge_sum_by_subject");
        assertThat(Condition.view(ALL, Set.of(Dimension.KEY))).isEqualTo("charge_sum_by_caller");
        assertThat(Condition.view(paidBy(ada), Set.of())).isEqualTo("charge_sum_by_caller");
        assertThat(Condition.view(paidBy(ada), Set.of(Dimension.DEVICE))).isEqualTo("charge_sum");
        assertThat(Condition.view(earnedBy(ada), Set.of(Dimension.DEVICE))).isEqualTo("charge_sum_by_subject");
        assertThat(Condition.view(earnedBy(ada).with(Dimension.CALLER, "any"), Set.of()))
                .isEqualTo("charge_sum");
        assertThat(Condition.view(ALL.with(Dimension.LABEL, "a=b"), Set.of())).isEqualTo("charge_sum_by_label");
        assertThat(Condition.view(ALL, Set.of(Dimension.LABEL))).isEqualTo("charge_sum_by_label");
    }

    @Test
    void dimensionsAreKnownByTheirNames() {
        for (Dimension dimension : Dimension.values()) {
            assertThat(Dimension.of(dimension.wire())).contains(dimension);
        }
        assertThat(Dimension.VERSION.wire()).isEqualTo("version");
        assertThat(Dimension.of("VERSION")).isEmpty();
    }
}
