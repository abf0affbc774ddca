package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads payouts. */
@ApplicationScoped
public class Payouts {
    /**
     * @param state {@code requested}, {@code approved}, {@code sent}, {@code settled} or {@code failed}
     * @param approvedBy names of the administrators who did, with commas; empty for nobody
     * @param failure why it failed, or null
     */
    public record Payout(
            long id,
            String owner,
            Credits amount,
            String payee,
            String iban,
            String state,
            int approvalsNeeded,
            String approvedBy,
            String requestedBy,
            Instant requestedAt,
            Instant changedAt,
            @Nullable String failure) {}

    private static final String PAYOUTS = """
            SELECT p.*, o.name AS owner, asked.name AS asked_by,
                   coalesce((SELECT string_agg(a.name, ', ' ORDER BY s.id) FROM payout_step s
                             JOIN owner a ON a.id = s.actor_id
                             WHERE s.payout_id = p.id AND s.step = 'approved'), '') AS approved_by,
                   coalesce((SELECT max(s.at) FROM payout_step s WHERE s.payout_id = p.id), p.requested_at) AS changed_at,
                   (SELECT s.note FROM payout_step s WHERE s.payout_id = p.id AND s.step = 'failed') AS failure
            FROM payout p JOIN owner o ON o.id = p.owner_id JOIN owner asked ON asked.id = p.requested_by
            """;

    private final Sql sql;

    Payouts(Sql sql) {
        this.sql = sql;
    }

    /** An owner's, the newest first. */
    public List<Payout> of(long owner) {
        return sql.list(PAYOUTS + " WHERE p.owner_id = ? ORDER BY p.id DESC LIMIT 100", Payouts::read, owner);
    }

    /** All that are under way, the oldest first. */
    public List<Payout> open() {
        return sql.list(PAYOUTS + " WHERE p.state IN ('requested', 'approved', 'sent') ORDER BY p.id", Payouts::read);
    }

    /** What waits to be given to the bank, the oldest first. */
    public List<Payout> approved() {
        return sql.list(PAYOUTS + " WHERE p.state = 'approved' ORDER BY p.id", Payouts::read);
    }

    /** What has ended, the newest first. */
    public List<Payout> ended(int most) {
        return sql.list(
                PAYOUTS + " WHERE p.state IN ('settled', 'failed') ORDER BY p.id DESC LIMIT ?", Payouts::read, most);
    }

    private static Payout read(ResultSet row) throws SQLException {
        return new Payout(
                row.getLong("id"),
                row.getString("owner"),
                Credits.micro(row.getLong("amount")),
                row.getString("payee"),
                row.getString("iban"),
                row.getString("state"),
                row.getInt("approvals_needed"),
                row.getString("approved_by"),
                row.getString("asked_by"),
                Sql.time(row, "requested_at"),
                Sql.time(row, "changed_at"),
                row.getString("failure"));
    }
}
