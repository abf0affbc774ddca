package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** An administrator puts an account right, up or down, by a free amount; or reverses what an administrator booked. */
@ApplicationScoped
public class AdjustCredit {
    private static final String REVERSIBLE = """
            SELECT l.account_id, l.amount, a.owner_id FROM posting p JOIN leg l ON l.posting_id = p.id
            JOIN ledger_account a ON a.id = l.account_id
            WHERE p.id = ? AND p.kind IN ('credit_grant', 'adjustment')
            """;

    private final DataSource database;
    private final Owners owners;
    private final Audit audit;
    private final LentCredit lent;

    AdjustCredit(DataSource database, Owners owners, Audit audit, LentCredit lent) {
        this.database = database;
        this.owners = owners;
        this.audit = audit;
        this.lent = lent;
    }

    /**
     * @param amount in credits as typed; below zero it is taken from the funded credit
     * @param once what the form was given when it was shown
     * @throws Problem not-found for anyone but an administrator; invalid, with the field; conflict, when the account has
     *     less than is to be taken, or when this form was booked before
     */
    @Transactional
    public Credits adjust(Caller actor, String owner, String amount, String reason, String once) {
        Typed.byAdministrator(actor);
        Credits credits = Typed.signedAmount(amount);
        String why = Typed.reason(reason);
        String source = Typed.once(once);
        Owners.OwnerView whose = owners.byName(owner.strip())
                .orElseThrow(() -> Problem.invalid("owner", "There is no account '" + owner + "'"));
        if (credits.isNegative()) {
            lent.callBack(whose.id());
        }
        try (Connection connection = database.getConnection()) {
            long funded = Accounts.in(connection, whose.id()).id(AccountKind.FUNDED);
            long site = Accounts.in(connection, Accounts.SITE).id(AccountKind.ADJUSTMENT);
            check(funded, credits, LockedAccounts.withCredit(connection, whose.id()));
            Posting.Legs legs = new Posting.Legs().add(funded, credits).add(site, credits.negate());
            if (!new Posting("adjustment", source, why, actor.ownerId(), legs).book(connection)) {
                throw Problem.of(ErrorCode.CONFLICT, "This form was sent before and its adjustment is booked");
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
        audit.record(actor, "credit.adjust", "owner:" + whose.name(), credits + " credits: " + why);
        return credits;
    }

    private record Leg(long account, Credits amount, long owner) {}

    /**
     * Takes back, once, a grant or an adjustment.
     *
     * @throws Problem not-found for anyone but an administrator, and where there is no such posting; conflict, when it was
     *     reversed before, or when the account no longer has what it gave
     */
    @Transactional
    public void reverse(Caller actor, long posting, String reason) {
        Typed.byAdministrator(actor);
        String why = Typed.reason(reason);
        try (Connection connection = database.getConnection()) {
            List<Leg> booked = Rows.list(
                    connection,
                    REVERSIBLE,
                    row -> new Leg(
                            row.getLong("account_id"), Credits.micro(row.getLong("amount")), row.getLong("owner_id")),
                    posting);
            if (booked.isEmpty()) {
                throw Problem.of(ErrorCode.NOT_FOUND, "There is no grant or adjustment " + posting);
            }
            Posting.Legs legs = new Posting.Legs();
            booked.forEach(leg -> legs.add(leg.account(), leg.amount().negate()));
            List<Leg> owners =
                    booked.stream().filter(leg -> leg.owner() != Accounts.SITE).toList();
            long owner = owners.getFirst().owner();
            lent.callBack(owner);
            LockedAccounts locked = LockedAccounts.withCredit(
                    connection, owner, owners.stream().map(Leg::account).toArray(Long[]::new));
            if (isReversed(connection, posting)) {
                throw Problem.of(ErrorCode.CONFLICT, "This was reversed before");
            }
            long funded = Accounts.in(connection, owner).id(AccountKind.FUNDED);
            owners.stream()
                    .filter(leg -> leg.account() == funded)
                    .forEach(leg -> check(funded, leg.amount().negate(), locked));
            if (!new Posting("reversal", String.valueOf(posting), why, actor.ownerId(), legs).book(connection)) {
                throw Problem.of(ErrorCode.CONFLICT, "This was reversed before");
            }
            audit.record(actor, "posting.reverse", "posting:" + posting, why);
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    private static boolean isReversed(Connection connection, long posting) throws SQLException {
        return Rows.first(
                        connection,
                        "SELECT FROM posting WHERE kind = 'reversal' AND source = ?",
                        _ -> true,
                        String.valueOf(posting))
                .isPresent();
    }

    /** An account that would be overdrawn is a refusal in words, not the database's. */
    private static void check(long funded, Credits change, LockedAccounts locked) {
        Credits has = locked.takeable(funded);
        if (change.isNegative() && has.plus(change).isNegative()) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "The account has " + has + " funded credits that no call holds; " + change.negate()
                            + " cannot be taken. Nothing was changed");
        }
    }
}
