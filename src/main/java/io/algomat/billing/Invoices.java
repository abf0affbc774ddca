package io.algomat.billing;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.platform.Units;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads invoices; who may not see one, finds none. */
@ApplicationScoped
public class Invoices {
    /** @param promo the part of the total that was paid from promo credit */
    public record Invoice(
            long no, long ownerId, String owner, YearMonth period, Instant issuedAt, Credits total, Credits promo) {
        /** What was paid from funded credit. */
        public Credits funded() {
            return total.minus(promo);
        }

        /** More was given back than charged. */
        public boolean creditNote() {
            return total.isNegative();
        }
    }

    /**
     * @param refund whether it was given back; then the amounts are below zero
     * @param units what was paid for of the metric, in the royalty; null where the price is not by the unit
     * @param key the key's name on the day of the invoice, or null for calls from a page
     */
    public record Line(
            boolean refund,
            String algorithm,
            String version,
            @Nullable Long keyId,
            @Nullable String key,
            long calls,
            long billedMillis,
            Credits royalty,
            Credits compute,
            Credits promo,
            Credits total,
            @Nullable Units units,
            @Nullable String metric) {}

    private final Sql sql;

    Invoices(Sql sql) {
        this.sql = sql;
    }

    /** Of all owners that the caller acts for, the newest first. */
    public List<Invoice> of(Caller caller) {
        return sql.list(
                "SELECT * FROM invoice WHERE owner_id = ANY (?) ORDER BY no DESC LIMIT 500", Invoices::invoice, (Object)
                        caller.owners());
    }

    /** @throws Problem not-found, also where it is somebody else's; administrators see all */
    public Invoice one(Caller caller, long no) {
        return sql.first("SELECT * FROM invoice WHERE no = ?", Invoices::invoice, no)
                .filter(invoice -> caller.actsFor(invoice.ownerId()) || caller.administrator())
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no invoice " + no));
    }

    public List<Line> lines(Invoice invoice) {
        return sql.list(
                "SELECT * FROM invoice_line WHERE no = ? ORDER BY seq",
                row -> new Line(
                        row.getString("kind").equals("refunds"),
                        row.getString("algorithm"),
                        row.getString("version"),
                        row.getObject("key_id", Long.class),
                        row.getString("key_name"),
                        row.getLong("calls"),
                        row.getLong("billed_ms"),
                        Credits.micro(row.getLong("royalty")),
                        Credits.micro(row.getLong("compute")),
                        Credits.micro(row.getLong("promo")),
                        Credits.micro(row.getLong("total")),
                        row.getString("unit_metric") == null ? null : new Units(row.getLong("units")),
                        row.getString("unit_metric")),
                invoice.no());
    }

    private static Invoice invoice(ResultSet row) throws SQLException {
        return new Invoice(
                row.getLong("no"),
                row.getLong("owner_id"),
                row.getString("owner_name"),
                YearMonth.from(row.getObject("period", LocalDate.class)),
                Sql.time(row, "issued_at"),
                Credits.micro(row.getLong("total")),
                Credits.micro(row.getLong("promo")));
    }
}
