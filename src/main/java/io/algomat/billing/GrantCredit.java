package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Owners;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An administrator books funded credit for an owner, with a reason: what came in outside of Algomat, or a gift. The
 * posting and the audit row are one transaction.
 */
@ApplicationScoped
public class GrantCredit {
    private static final Credits MOST = Credits.of(1_000_000_000);
    private static final int LONGEST_REASON = 500;

    private final DataSource database;
    private final Owners owners;
    private final Audit audit;
    private final Event<CreditArrived> arrived;

    GrantCredit(DataSource database, Owners owners, Audit audit, Event<CreditArrived> arrived) {
        this.database = database;
        this.owners = owners;
        this.audit = audit;
        this.arrived = arrived;
    }

    /**
     * @param owner name of the user or organisation
     * @param amount in credits as typed, at most six decimal places
     * @param once what the form was given when it was shown: however often it is sent, it is booked once
     * @throws Problem not-found for anyone but an administrator, and for an unknown owner; invalid, with the field;
     *     conflict, when this form was booked before
     */
    @Transactional
    public Credits grant(Caller actor, String owner, String amount, String reason, String once) {
        if (!actor.administrator()) {
            throw Problem.of(ErrorCode.NOT_FOUND, "There is nothing here");
        }
        Credits credits = checked(amount);
        String why = checkedReason(reason);
        String source = checkedOnce(once);
        Owners.OwnerView to = owners.byName(owner)
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND, "There is no account '" + owner + "'"));
        try (Connection connection = database.getConnection()) {
            Accounts.Of account = Accounts.in(connection, to.id());
            Accounts.Of site = Accounts.in(connection, Accounts.SITE);
            Posting.Legs legs = new Posting.Legs()
                    .add(account.id(AccountKind.FUNDED), credits)
                    .add(site.id(AccountKind.FUNDING), credits.negate());
            if (!new Posting("credit_grant", source, why, actor.ownerId(), legs).book(connection)) {
                throw Problem.of(
                        ErrorCode.CONFLICT,
                        "This form was sent before and its grant is booked; open the page of " + to.name()
                                + " again to grant more");
            }
        } catch (SQLException e) {
            throw Rows.away(e);
        }
        audit.record(actor, "credit.grant", "owner:" + to.name(), credits + " credits: " + why);
        arrived.fire(new CreditArrived(to.id()));
        return credits;
    }

    private static String checkedOnce(String once) {
        if (!once.matches("[a-z0-9_]{8,64}")) {
            throw Problem.invalid(
                    "once",
                    "'" + once + "' is not what this form was given: open the account's page again and send its form");
        }
        return once;
    }

    private static Credits checked(String amount) {
        Credits credits;
        try {
            credits = Credits.parse(amount);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(
                    "amount",
                    "'" + amount + "' is no amount of credits: give a number with at most six decimal places");
        }
        if (credits.compareTo(Credits.ZERO) <= 0 || credits.compareTo(MOST) > 0) {
            throw Problem.invalid("amount", "Give between 0.000001 and " + MOST + " credits, not " + credits);
        }
        return credits;
    }

    private static String checkedReason(String reason) {
        String text = reason.strip();
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw Problem.invalid(
                    "reason", "Say in at most " + LONGEST_REASON + " characters what the credit is for; it is kept");
        }
        return text;
    }
}
