package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What calls add up to.
 *
 * @param calls that were charged, if only with 0: those that succeeded
 * @param failed free, as the call log has them
 * @param cancelled free, as the call log has them
 * @param billedMillis what the charged ones computed
 * @param givenBack by refunds, which {@code sums} do not know
 */
public record Figures(
        long calls, long failed, long cancelled, long billedMillis, Sums sums, GivenBack givenBack, Counted counted) {
    public static final Figures NOTHING = new Figures(0, 0, 0, 0, Sums.NOTHING, GivenBack.NOTHING, Counted.NOTHING);

    /** Columns of a view's rows {@code c} added up by {@code unit_metric} and whatever else: of these {@link #SQL} is made. */
    static final String BY_METRIC = """
            c.unit_metric, sum(c.calls) AS calls, sum(c.failed) AS failed, sum(c.cancelled) AS cancelled,
            sum(c.billed_ms) AS billed_ms, sum(c.royalty) AS royalty, sum(c.fee) AS fee, sum(c.compute) AS compute,
            sum(c.promo) AS promo, sum(c.units) AS units, sum(c.refunded) AS refunded,
            sum(c.refunded_share) AS refunded_share
            """;

    /** The columns that {@link #read} reads, of rows {@code c} that have each metric once. */
    static final String SQL = """
            coalesce(sum(c.calls), 0) AS calls, coalesce(sum(c.failed), 0) AS failed,
            coalesce(sum(c.cancelled), 0) AS cancelled, coalesce(sum(c.billed_ms), 0) AS billed_ms,
            coalesce(sum(c.royalty + c.compute), 0) AS gross, coalesce(sum(c.royalty), 0) AS royalty,
            coalesce(sum(c.fee), 0) AS fee, coalesce(sum(c.compute), 0) AS compute, coalesce(sum(c.promo), 0) AS promo,
            coalesce(sum(c.refunded), 0) AS refunded, coalesce(sum(c.refunded_share), 0) AS refunded_share,
            array_agg(c.unit_metric) FILTER (WHERE c.units > 0) AS metrics,
            array_agg(c.units::bigint) FILTER (WHERE c.units > 0) AS metric_units
            """;

    public Figures plus(Figures more) {
        return new Figures(
                calls + more.calls,
                failed + more.failed,
                cancelled + more.cancelled,
                billedMillis + more.billedMillis,
                sums.plus(more.sums),
                givenBack.plus(more.givenBack),
                counted.plus(more.counted));
    }

    public long free() {
        return failed + cancelled;
    }

    /** What callers paid in the end. */
    public Credits net() {
        return sums.gross().minus(givenBack.amount());
    }

    /** What publishers earn in the end. */
    public Credits netShare() {
        return sums.share().minus(givenBack.share());
    }

    /** What the site earns in the end. */
    public Credits netSite() {
        return net().minus(netShare());
    }

    /** Of the calls that nobody cancelled, the part that succeeded, in percent; 100 where there was none. */
    public double successPercent() {
        return calls + failed == 0 ? 100 : 100.0 * calls / (calls + failed);
    }

    /** The site's fee as part of the royalties, in percent. */
    public double takePercent() {
        return percent(sums.fee().micro(), sums.royalty().micro());
    }

    /** What the site keeps of all that was paid, in percent. */
    public double sitePercent() {
        return percent(sums.site().micro(), sums.gross().micro());
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    static Figures read(ResultSet row) throws SQLException {
        return new Figures(
                row.getLong("calls"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("billed_ms"),
                Sums.read(row),
                GivenBack.read(row),
                Counted.read(row));
    }
}
