package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What moved money otherwise than by calls, for administrators: who gave or took what and why, and who owes. */
@ApplicationScoped
public class MoneyMoves {
    /**
     * @param kind the posting's
     * @param amount what the owner got; below zero where it was taken
     * @param actor the administrator, or null for a machine
     * @param reversible whether an administrator may yet take it back
     */
    public record Move(
            long posting,
            Instant at,
            String kind,
            String owner,
            Credits amount,
            @Nullable String actor,
            @Nullable String reason,
            boolean reversible) {}

    public record Debt(String owner, Credits amount) {}

    private static final String MOVES = """
            WITH latest AS (
                SELECT * FROM posting WHERE kind <> 'charge' AND kind NOT IN ('sign_up', 'guest_allowance')
                ORDER BY booked_at DESC, id DESC LIMIT ?)
            SELECT p.id, p.booked_at, p.kind, o.name AS owner, sum(l.amount) AS amount, actor.name AS actor, p.memo,
                   p.kind IN ('credit_grant', 'adjustment') AND NOT EXISTS (
                       SELECT FROM posting r WHERE r.kind = 'reversal' AND r.source = p.id::text) AS reversible
            FROM latest p JOIN leg l ON l.posting_id = p.id JOIN ledger_account a ON a.id = l.account_id
            JOIN owner o ON o.id = a.owner_id LEFT JOIN owner actor ON actor.id = p.actor_id
            GROUP BY p.id, p.booked_at, p.kind, o.name, actor.name, p.memo
            ORDER BY p.booked_at DESC, p.id DESC, o.name
            """;
    private static final String DEBTS = """
            SELECT o.name, -a.balance AS amount FROM ledger_account a JOIN owner o ON o.id = a.owner_id
            WHERE a.kind = 'receivable' AND a.balance < 0 ORDER BY a.balance LIMIT 100
            """;

    private final Sql sql;

    MoneyMoves(Sql sql) {
        this.sql = sql;
    }

    /** The newest postings, the newest first. */
    public List<Move> latest(int most) {
        return sql.list(
                MOVES,
                row -> new Move(
                        row.getLong("id"),
                        Sql.time(row, "booked_at"),
                        row.getString("kind"),
                        row.getString("owner"),
                        Credits.micro(row.getLong("amount")),
                        row.getString("actor"),
                        row.getString("memo"),
                        row.getBoolean("reversible")),
                most);
    }

    /** Who owes the site, the most first. */
    public List<Debt> debts() {
        return sql.list(DEBTS, row -> new Debt(row.getString("name"), Credits.micro(row.getLong("amount"))));
    }
}
