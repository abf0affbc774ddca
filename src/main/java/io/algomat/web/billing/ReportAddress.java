package io.algomat.web.billing;

import io.algomat.billing.Grouping;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The administrator's report as an address: {@code /admin/billing?period=month&by=caller&sort=fee&up=true&page=2}. */
record ReportAddress(PeriodChoice period, Grouping by, ReportColumn sort, boolean up, int page) {
    static final String PATH = "/admin/billing";

    static Grouping grouping(@Nullable String wire) {
        for (Grouping grouping : new Grouping[] {Grouping.PUBLISHER, Grouping.CALLER}) {
            if (wire(grouping).equals(wire)) {
                return grouping;
            }
        }
        return Grouping.ALGORITHM;
    }

    static String wire(Grouping grouping) {
        return grouping.name().toLowerCase(Locale.ROOT);
    }

    ReportAddress in(PeriodChoice other) {
        return new ReportAddress(other, by, sort, up, 1);
    }

    ReportAddress by(Grouping other) {
        return new ReportAddress(period, other, sort, up, 1);
    }

    /** Sorted by a column, or the other way round when it is sorted by that column already. */
    ReportAddress sorted(ReportColumn column) {
        return new ReportAddress(period, by, column, column == sort ? !up : column.ascendsFirst(), 1);
    }

    String href() {
        return PATH + "?" + query() + "&sort=" + sort.wire() + "&up=" + up + (page > 1 ? "&page=" + page : "");
    }

    String csv() {
        return PATH + "/report.csv?" + query();
    }

    String chargesCsv() {
        return PATH + "/charges.csv?" + period.query();
    }

    private String query() {
        return period.query() + "&by=" + wire(by);
    }
}
