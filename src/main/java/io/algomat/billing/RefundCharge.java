package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Ids;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * An administrator gives a charge back, all or a part, by an entry that reverses it. What the publisher's earnings no
 * longer cover, since they were paid out, the publisher owes.
 */
@ApplicationScoped
public class RefundCharge {
    private static final String KEEP = """
            INSERT INTO refund (posting_id, call_id, promo, funded, compute, fee, unfunded, payable)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final DataSource database;
    private final Audit audit;

    RefundCharge(DataSource database, Audit audit) {
        this.database = database;
        this.audit = audit;
    }

    /**
     * @param amount in credits as typed; blank for all that is left
     * @param once what the form was given when it was shown
     * @throws Problem not-found for anyone but an administrator, and where nothing was charged; invalid, with the field;
     *     conflict, when this form was booked before, or when all of the charge was given back already
     */
    @Transactional
    public Credits refund(Caller actor, UUID callId, String amount, String reason, String once) {
        Typed.byAdministrator(actor);
        String why = Typed.reason(reason);
        String source = Typed.once(once);
        try (Connection connection = database.getConnection()) {
            Refunds.Left charge = Refunds.left(connection, callId);
            Parties parties = Parties.locked(connection, charge.callerId(), charge.publisherId());
            // The caller's accounts are locked: no other refund of this call comes between.
            RefundSplit left = Refunds.left(connection, callId).left();
            if (left.amount().isZero()) {
                throw Problem.of(ErrorCode.CONFLICT, "All of " + Ids.callText(callId) + " was given back already");
            }
            Credits wanted = amount.isBlank() ? left.amount() : Typed.amount(amount);
            if (wanted.compareTo(left.amount()) > 0) {
                throw Problem.invalid(
                        "amount", left.amount() + " credits of this charge are left to give back, not " + wanted);
            }
            RefundSplit split = left.part(wanted);
            long posting = new Posting("refund", source, why, actor.ownerId(), parties.legs(split))
                    .bookedAs(connection)
                    .orElseThrow(
                            () -> Problem.of(ErrorCode.CONFLICT, "This form was sent before and its refund is booked"));
            keep(connection, posting, callId, split);
            audit.record(actor, "charge.refund", "call:" + Ids.callText(callId), wanted + " credits: " + why);
            return wanted;
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    private static void keep(Connection connection, long posting, UUID callId, RefundSplit split) throws SQLException {
        Rows.change(
                connection,
                KEEP,
                posting,
                callId,
                split.promo().micro(),
                split.funded().micro(),
                split.compute().micro(),
                split.fee().micro(),
                split.unfunded().micro(),
                split.payable().micro());
    }

    /** Everybody's accounts, the owners' locked. */
    private record Parties(
            Accounts.Of caller, Accounts.Of publisher, long debt, Accounts.Of site, LockedAccounts locked) {
        static Parties locked(Connection connection, long callerId, long publisherId) throws SQLException {
            Accounts.Of caller = Accounts.in(connection, callerId);
            long debt = Accounts.receivable(connection, publisherId);
            Accounts.Of publisher = Accounts.in(connection, publisherId);
            LockedAccounts locked = new LockedAccounts(
                    connection,
                    caller.id(AccountKind.PROMO),
                    caller.id(AccountKind.FUNDED),
                    publisher.id(AccountKind.EARNINGS),
                    publisher.id(AccountKind.EARNINGS_UNFUNDED),
                    debt);
            return new Parties(caller, publisher, debt, Accounts.in(connection, Accounts.SITE), locked);
        }

        Posting.Legs legs(RefundSplit split) {
            long earnings = publisher.id(AccountKind.EARNINGS);
            long unfunded = publisher.id(AccountKind.EARNINGS_UNFUNDED);
            // What the site has funded since is among the earnings.
            Credits fromUnfunded = locked.balance(unfunded).min(split.unfunded());
            Credits rest = split.payable().plus(split.unfunded()).minus(fromUnfunded);
            Credits fromEarnings = locked.balance(earnings).min(rest);
            return new Posting.Legs()
                    .add(caller.id(AccountKind.PROMO), split.promo())
                    .add(caller.id(AccountKind.FUNDED), split.funded())
                    .add(site.id(AccountKind.SITE_COMPUTE), split.compute().negate())
                    .add(site.id(AccountKind.SITE_FEE), split.fee().negate())
                    .add(unfunded, fromUnfunded.negate())
                    .add(earnings, fromEarnings.negate())
                    .add(debt, fromEarnings.minus(rest));
        }
    }
}
