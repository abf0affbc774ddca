package io.algomat.web.billing;

import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the report can be sorted by. Amounts begin with the largest, names with A. */
enum ReportColumn {
    LABEL("", Comparator.comparing(ReportRow::label, String.CASE_INSENSITIVE_ORDER)),
    CHARGED("Charged calls", Comparator.comparingLong(ReportRow::charged)),
    FREE("Free calls", Comparator.comparingLong(ReportRow::free)),
    GROSS("Gross", Comparator.comparing(row -> row.sums().gross())),
    ROYALTY("Royalty", Comparator.comparing(row -> row.sums().royalty())),
    FEE("Fee of it", Comparator.comparing(row -> row.sums().fee())),
    COMPUTE("Compute", Comparator.comparing(row -> row.sums().compute()));

    private final String text;
    private final Comparator<ReportRow> ascending;

    ReportColumn(String text, Comparator<ReportRow> ascending) {
        this.text = text;
        this.ascending = ascending;
    }

    String text() {
        return text;
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean ascendsFirst() {
        return this == LABEL;
    }

    Comparator<ReportRow> order(boolean up) {
        return (up ? ascending : ascending.reversed()).thenComparing(LABEL.ascending);
    }

    static ReportColumn of(@Nullable String wire) {
        for (ReportColumn column : values()) {
            if (column.wire().equals(wire)) {
                return column;
            }
        }
        return GROSS;
    }
}
