package io.algomat.billing;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;

/** Adds up charges by group and by day, beside what moved in the ledger. */
@ApplicationScoped
public class ChargeReport {
    private static final String SUMS = """
            count(*) AS calls, coalesce(sum(total), 0) AS gross, coalesce(sum(royalty), 0) AS royalty,
            coalesce(sum(fee), 0) AS fee, coalesce(sum(compute), 0) AS compute, coalesce(sum(promo), 0) AS promo
            """;
    private static final String LINES = """
            SELECT %s AS label, %s FROM charge %s
            WHERE %s AND charged_at >= ? AND charged_at < ?
            GROUP BY 1
            """;
    private static final String DAYS = """
            SELECT (charged_at AT TIME ZONE 'UTC')::date AS day, %s FROM charge
            WHERE %s AND charged_at >= ? AND charged_at < ?
            GROUP BY 1 ORDER BY 1
            """;
    private static final String LEDGER = """
            SELECT coalesce(sum(-l.amount) FILTER (WHERE a.kind IN ('promo', 'funded')), 0) AS gross,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'promo'), 0) AS promo,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind IN ('earnings', 'earnings_unfunded', 'site_fee')), 0)
                       AS royalty,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_fee'), 0) AS fee,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_compute'), 0) AS compute
            FROM posting p JOIN leg l ON l.posting_id = p.id JOIN ledger_account a ON a.id = l.account_id
            WHERE p.kind = 'charge' AND p.booked_at >= ? AND p.booked_at < ?
            """;

    private final Snapshot snapshot;

    ChargeReport(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public Report read(Whose whose, Period period, Grouping grouping) {
        return snapshot.read(connection -> new Report(
                Rows.list(
                        connection,
                        LINES.formatted(grouping.label(), SUMS, grouping.join(), whose.condition()),
                        row -> new Report.Line(row.getString("label"), row.getLong("calls"), Sums.read(row)),
                        whose.id(),
                        period.start(),
                        period.end()),
                Rows.list(
                        connection,
                        DAYS.formatted(SUMS, whose.condition()),
                        row -> new Report.Day(
                                row.getObject("day", LocalDate.class), row.getLong("calls"), Sums.read(row)),
                        whose.id(),
                        period.start(),
                        period.end()),
                whose instanceof Whose.Everyones
                        ? Rows.first(connection, LEDGER, Sums::read, period.start(), period.end())
                                .orElse(Sums.NOTHING)
                        : Sums.NOTHING));
    }
}
