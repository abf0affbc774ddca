package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was charged for a call and what was given back of it. */
@ApplicationScoped
public class Refunds {
    /** @param reason what the administrator said */
    public record Refund(
            Instant at, Credits amount, @Nullable String reason) {}

    /** A call's charge as an administrator sees it, who may give it back. */
    public record Refundable(
            UUID callId,
            Instant at,
            String caller,
            String algorithm,
            String version,
            Sums sums,
            Credits left,
            List<Refund> refunds) {
        public String call() {
            return Ids.callText(callId);
        }
    }

    /** @param left what was not given back yet */
    record Left(long callerId, long publisherId, RefundSplit left) {}

    private static final String CHARGE = """
            SELECT c.call_id, c.charged_at, o.name AS caller, c.algorithm, c.version, c.caller_id, c.publisher_id,
                   c.total AS gross, c.royalty, c.fee, c.compute, c.promo
            FROM charge c JOIN owner o ON o.id = c.caller_id WHERE c.call_id = ?
            """;
    private static final String GIVEN_BACK = """
            SELECT coalesce(sum(promo), 0) AS promo, coalesce(sum(funded), 0) AS funded,
                   coalesce(sum(compute), 0) AS compute, coalesce(sum(fee), 0) AS fee,
                   coalesce(sum(unfunded), 0) AS unfunded, coalesce(sum(payable), 0) AS payable
            FROM refund WHERE call_id = ?
            """;
    private static final String REFUNDS = """
            SELECT r.refunded_at, r.amount, p.memo FROM refund r JOIN posting p ON p.id = r.posting_id
            WHERE r.call_id = ? ORDER BY r.posting_id
            """;

    private final Snapshot snapshot;

    Refunds(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** @throws Problem not-found, when nothing was charged for such a call */
    public Refundable of(UUID callId) {
        return snapshot.read(connection -> {
            List<Refund> refunds = Rows.list(
                    connection,
                    REFUNDS,
                    row -> new Refund(
                            Rows.time(row, "refunded_at"), Credits.micro(row.getLong("amount")), row.getString("memo")),
                    callId);
            Credits left = left(connection, callId).left().amount();
            return Rows.first(connection, CHARGE, row -> refundable(row, left, refunds), callId)
                    .orElseThrow(() -> none(callId));
        });
    }

    private static Refundable refundable(ResultSet row, Credits left, List<Refund> refunds) throws SQLException {
        return new Refundable(
                row.getObject("call_id", UUID.class),
                Rows.time(row, "charged_at"),
                row.getString("caller"),
                row.getString("algorithm"),
                row.getString("version"),
                Sums.read(row),
                left,
                refunds);
    }

    /** @throws Problem not-found, when nothing was charged for such a call */
    static Left left(Connection connection, UUID callId) throws SQLException {
        RefundSplit before =
                Rows.first(connection, GIVEN_BACK, Refunds::split, callId).orElse(RefundSplit.NOTHING);
        return Rows.first(
                        connection,
                        CHARGE,
                        row -> {
                            Sums sums = Sums.read(row);
                            RefundSplit whole = RefundSplit.whole(
                                    sums.gross(), sums.royalty(), sums.fee(), sums.compute(), sums.promo());
                            return new Left(row.getLong("caller_id"), row.getLong("publisher_id"), whole.less(before));
                        },
                        callId)
                .orElseThrow(() -> none(callId));
    }

    private static RefundSplit split(ResultSet row) throws SQLException {
        return new RefundSplit(
                Credits.micro(row.getLong("promo")),
                Credits.micro(row.getLong("funded")),
                Credits.micro(row.getLong("compute")),
                Credits.micro(row.getLong("fee")),
                Credits.micro(row.getLong("unfunded")),
                Credits.micro(row.getLong("payable")));
    }

    private static Problem none(UUID callId) {
        return Problem.of(ErrorCode.NOT_FOUND, "Nothing was charged for " + Ids.callText(callId));
    }
}
