package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Administrators bring payouts on their way: approved, sent to the bank, settled, or failed, which gives the amount back
 * to the earnings. Each step is taken once; the database allows no other order.
 */
@ApplicationScoped
public class DecidePayout {
    private static final String LOCK = """
            SELECT owner_id, amount, state, approvals_needed, requested_by FROM payout WHERE id = ? FOR UPDATE
            """;
    private static final String STEP = """
            INSERT INTO payout_step (payout_id, step, actor_id, note) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;
    private static final String APPROVALS =
            "SELECT count(*) FROM payout_step WHERE payout_id = ? AND step = 'approved'";

    private record Payout(long owner, Credits amount, String state, long needed, long requestedBy) {}

    private final DataSource database;
    private final Audit audit;

    DecidePayout(DataSource database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /**
     * @throws Problem not-found; forbidden for whoever asked for it or earns it; conflict, when it is no longer asked for, or
     *     this administrator has approved it already
     */
    @Transactional
    public void approve(Caller actor, long id) {
        act(actor, id, "approved", null, (connection, payout) -> {
            if (actor.actsFor(payout.owner()) || actor.ownerId() == payout.requestedBy()) {
                throw Problem.of(ErrorCode.FORBIDDEN, "Nobody approves a payout to themselves");
            }
            expect(payout, id, "requested");
            step(connection, actor, id, "approved", null);
            long approvals =
                    Rows.first(connection, APPROVALS, row -> row.getLong(1), id).orElse(0L);
            if (approvals >= payout.needed()) {
                become(connection, id, "approved");
            }
        });
    }

    /** It was given to the bank. */
    @Transactional
    public void send(Caller actor, long id) {
        act(actor, id, "sent", null, (connection, payout) -> {
            expect(payout, id, "approved");
            step(connection, actor, id, "sent", null);
            become(connection, id, "sent");
        });
    }

    /** The bank has paid. */
    @Transactional
    public void settle(Caller actor, long id) {
        act(actor, id, "settled", null, (connection, payout) -> {
            expect(payout, id, "sent");
            step(connection, actor, id, "settled", null);
            become(connection, id, "settled");
            Accounts.Of site = Accounts.in(connection, Accounts.SITE);
            move(connection, actor, "payout_settled", id, payout.amount(), site.id(AccountKind.PAID_OUT), null);
        });
    }

    /** It is refused, or the bank did not pay. */
    @Transactional
    public void fail(Caller actor, long id, String reason) {
        String why = Typed.reason(reason);
        act(actor, id, "failed", why, (connection, payout) -> {
            if (payout.state().equals("settled") || payout.state().equals("failed")) {
                throw Problem.of(ErrorCode.CONFLICT, "Payout " + id + " is " + payout.state() + " already");
            }
            step(connection, actor, id, "failed", why);
            become(connection, id, "failed");
            long earnings = Accounts.in(connection, payout.owner()).id(AccountKind.EARNINGS);
            move(connection, actor, "payout_failed", id, payout.amount(), earnings, why);
        });
    }

    private interface Act {
        void on(Connection connection, Payout payout) throws SQLException;
    }

    /** Whoever acts on the same payout at the same time waits, and then finds it changed. */
    private void act(Caller actor, long id, String verb, @Nullable String note, Act act) {
        Typed.byAdministrator(actor);
        try (Connection connection = database.getConnection()) {
            Payout payout = Rows.first(
                            connection,
                            LOCK,
                            row -> new Payout(
                                    row.getLong("owner_id"),
                                    Credits.micro(row.getLong("amount")),
                                    row.getString("state"),
                                    row.getLong("approvals_needed"),
                                    row.getLong("requested_by")),
                            id)
                    .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no payout " + id));
            act.on(connection, payout);
            audit.record(actor, "payout." + verb, "payout:" + id, note, new Audit.Change(payout.state(), verb));
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    private static void expect(Payout payout, long id, String state) {
        if (!payout.state().equals(state)) {
            throw Problem.of(ErrorCode.CONFLICT, "Payout " + id + " is " + payout.state() + ", not " + state);
        }
    }

    private static void step(Connection connection, Caller actor, long id, String step, @Nullable String note)
            throws SQLException {
        if (Rows.change(connection, STEP, id, step, actor.ownerId(), note) == 0) {
            throw Problem.of(
                    ErrorCode.CONFLICT, "You have approved payout " + id + " already; it needs another administrator");
        }
    }

    private static void become(Connection connection, long id, String state) throws SQLException {
        Rows.change(connection, "UPDATE payout SET state = ? WHERE id = ?", state, id);
    }

    private static void move(
            Connection connection, Caller actor, String kind, long id, Credits amount, long to, @Nullable String why)
            throws SQLException {
        long open = Accounts.in(connection, Accounts.SITE).id(AccountKind.PAYOUT_OPEN);
        Posting.Legs legs = new Posting.Legs().add(open, amount.negate()).add(to, amount);
        new Posting(kind, String.valueOf(id), why, actor.ownerId(), legs).book(connection);
    }
}
