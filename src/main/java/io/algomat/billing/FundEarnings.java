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
import javax.sql.DataSource;

/**
 * The site pays for its own promotion: an administrator makes royalties payable that callers paid from promo credit. It
 * is the one way by which they become it.
 */
@ApplicationScoped
public class FundEarnings {
    private final DataSource database;
    private final Owners owners;
    private final Audit audit;

    FundEarnings(DataSource database, Owners owners, Audit audit) {
        this.database = database;
        this.owners = owners;
        this.audit = audit;
    }

    /**
     * @param amount in credits as typed
     * @param once what the form was given when it was shown
     * @throws Problem not-found for anyone but an administrator; invalid, with the field; conflict, when this form was
     *     booked before
     */
    @Transactional
    public Credits fund(Caller actor, String owner, String amount, String reason, String once) {
        Typed.byAdministrator(actor);
        Credits credits = Typed.amount(amount);
        String why = Typed.reason(reason);
        String source = Typed.once(once);
        Owners.OwnerView whose = owners.byName(owner.strip())
                .orElseThrow(() -> Problem.invalid("owner", "There is no account '" + owner + "'"));
        try (Connection connection = database.getConnection()) {
            Accounts.Of account = Accounts.in(connection, whose.id());
            long unfunded = account.id(AccountKind.EARNINGS_UNFUNDED);
            long earnings = account.id(AccountKind.EARNINGS);
            Credits has = new LockedAccounts(connection, unfunded, earnings).balance(unfunded);
            if (credits.compareTo(has) > 0) {
                throw Problem.invalid(
                        "amount", whose.name() + " has earned " + has + " credits from promo credit, not " + credits);
            }
            Posting.Legs legs =
                    new Posting.Legs().add(unfunded, credits.negate()).add(earnings, credits);
            if (!new Posting("earnings_funded", source, why, actor.ownerId(), legs).book(connection)) {
                throw Problem.of(ErrorCode.CONFLICT, "This form was sent before and its earnings are funded");
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
        audit.record(actor, "earnings.fund", "owner:" + whose.name(), credits + " credits: " + why);
        return credits;
    }
}
