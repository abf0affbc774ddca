package io.algomat.web.billing;

import io.algomat.billing.Dimension;
import io.algomat.billing.Period;
import io.algomat.billing.ReportOrder;
import io.algomat.billing.Slice;
import io.algomat.web.Format;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A report as an address: {@code /admin/billing?period=month&by=caller&algorithm=vision/digits&sort=fee}.
 *
 * @param values what it is narrowed to
 */
record ReportAddress(
        ReportKind kind,
        PeriodChoice period,
        Dimension by,
        Map<Dimension, String> values,
        ReportOrder sort,
        boolean up,
        int page) {

    boolean byTime() {
        return by == Dimension.DAY || by == Dimension.MONTH;
    }

    Slice slice() {
        return new Slice(kind.whose(), values);
    }

    ReportAddress in(PeriodChoice other) {
        return new ReportAddress(kind, other, by, values, sort, up, 1);
    }

    ReportAddress by(Dimension other) {
        return new ReportAddress(kind, period, other, values, sort, up, 1);
    }

    ReportAddress first() {
        return new ReportAddress(kind, period, by, values, sort, up, 1);
    }

    /** Sorted by a column, or the other way round when it is sorted by that column already. */
    ReportAddress sorted(ReportOrder column) {
        boolean ascends = column == sort ? !up : column == ReportOrder.VALUE;
        return new ReportAddress(kind, period, by, values, column, ascends, 1);
    }

    /** One line of this report, seen by what tells most about it. */
    ReportAddress into(String value) {
        return switch (by) {
            case DAY -> in(days(LocalDate.parse(value), LocalDate.parse(value))).by(open(Dimension.ALGORITHM));
            case MONTH -> {
                YearMonth month = YearMonth.parse(value);
                yield in(days(
                                latest(month.atDay(1), period.period().from()),
                                earliest(month.atEndOfMonth(), period.period().through())))
                        .by(Dimension.DAY);
            }
            case ALGORITHM -> narrowed(value, Dimension.VERSION);
            case VERSION -> narrowed(value, Dimension.CALLER);
            case PUBLISHER, CALLER, KEY, LABEL, DEVICE -> narrowed(value, Dimension.ALGORITHM);
        };
    }

    private ReportAddress narrowed(String value, Dimension next) {
        Map<Dimension, String> more = new EnumMap<>(Dimension.class);
        more.putAll(values);
        more.put(by, value);
        ReportAddress narrow = new ReportAddress(kind, period, by, more, sort, up, 1);
        return narrow.by(narrow.open(next));
    }

    /** The first that its reader may see and that is not narrowed to one value yet. */
    private Dimension open(Dimension wanted) {
        List<Dimension> left = kind.dimensions().stream()
                .filter(dimension -> !values.containsKey(dimension))
                .toList();
        return left.contains(wanted) ? wanted : left.getFirst();
    }

    ReportAddress without(Dimension dimension) {
        Map<Dimension, String> fewer = new EnumMap<>(Dimension.class);
        fewer.putAll(values);
        fewer.remove(dimension);
        return new ReportAddress(kind, period, by, fewer, sort, up, 1);
    }

    String href() {
        return kind.path() + "?" + query() + "&by=" + by.wire() + "&sort=" + sort.wire() + "&up=" + up
                + (page > 1 ? "&page=" + page : "");
    }

    String file(TableFile file) {
        return kind.path() + "/report." + file.ending() + "?" + query() + "&by=" + by.wire();
    }

    String charges() {
        return kind.path() + "/charges?" + query();
    }

    String chargesFile(TableFile file) {
        return kind.path() + "/charges." + file.ending() + "?" + query();
    }

    /** What a form for another period sends along. */
    List<Kept> kept() {
        List<Kept> kept = new ArrayList<>(narrowed());
        kept.add(new Kept("by", by.wire()));
        return kept;
    }

    private List<Kept> narrowed() {
        List<Kept> narrowed = new ArrayList<>(kind.fixed());
        values.forEach((dimension, value) -> narrowed.add(new Kept(dimension.wire(), value)));
        return narrowed;
    }

    private String query() {
        return period.query()
                + narrowed().stream()
                        .map(each -> "&" + each.name() + "=" + Format.inUrl(each.value()))
                        .collect(Collectors.joining());
    }

    private static PeriodChoice days(LocalDate from, LocalDate through) {
        return new PeriodChoice(null, new Period(from, through));
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earliest(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
