package io.algomat.billing;

import io.algomat.accounts.Audit;
import io.algomat.accounts.Caller;
import io.algomat.accounts.Organisations;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * A publisher asks to be paid out what has matured. The amount leaves its earnings at once, so that it can be asked for
 * only once.
 */
@ApplicationScoped
public class RequestPayout {
    /** A hundredth of the currency: banks move no less. */
    private static final Credits MINOR_UNIT = Credits.of(100);

    private static final int LONGEST_PAYEE = 70;

    private static final String KEEP = """
            INSERT INTO payout (owner_id, amount, payee, iban, approvals_needed, matured_before, requested_by, posting_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """;

    private final DataSource database;
    private final Organisations organisations;
    private final PayoutsConfig config;
    private final Audit audit;
    private final Clock clock;

    RequestPayout(DataSource database, Organisations organisations, PayoutsConfig config, Audit audit, Clock clock) {
        this.database = database;
        this.organisations = organisations;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * @param owner the actor itself, or an organisation that the actor is an owner of
     * @param amount in credits as typed
     * @param payee whom the bank pays
     * @param once what the form was given when it was shown
     * @return the payout's number
     * @throws Problem not-found and forbidden for whoever may not; invalid, with the field; conflict, when this form was
     *     sent before
     */
    @Transactional
    public long request(Caller actor, String owner, String amount, String payee, String iban, String once) {
        long earner = earner(actor, owner);
        Credits credits = checked(amount);
        String name = checkedPayee(payee);
        String to = Iban.parse(iban).text();
        String source = Typed.once(once);
        Instant since = clock.instant().minus(config.maturity());
        try (Connection connection = database.getConnection()) {
            long debt = Accounts.receivable(connection, earner);
            long earnings = Accounts.in(connection, earner).id(AccountKind.EARNINGS);
            LockedAccounts locked = new LockedAccounts(connection, earnings, debt);
            Credits matured = Earnings.matured(locked.balance(earnings), Earnings.pending(connection, earner, since));
            Credits owed = locked.balance(debt).negate().min(matured);
            // What is owed is paid first.
            new Posting(
                            "debt_paid",
                            source,
                            null,
                            actor.ownerId(),
                            new Posting.Legs().add(earnings, owed.negate()).add(debt, owed))
                    .book(connection);
            if (credits.compareTo(matured.minus(owed)) > 0) {
                throw Problem.invalid("amount", matured.minus(owed) + " credits can be paid out now, not " + credits);
            }
            Posting.Legs legs = new Posting.Legs()
                    .add(earnings, credits.negate())
                    .add(Accounts.in(connection, Accounts.SITE).id(AccountKind.PAYOUT_OPEN), credits);
            long posting = new Posting("payout", source, null, actor.ownerId(), legs)
                    .bookedAs(connection)
                    .orElseThrow(() ->
                            Problem.of(ErrorCode.CONFLICT, "This form was sent before and its payout is asked for"));
            long id = Rows.first(
                            connection,
                            KEEP,
                            row -> row.getLong("id"),
                            earner,
                            credits.micro(),
                            name,
                            to,
                            credits.compareTo(Credits.of(config.secondApprovalAbove())) > 0 ? 2 : 1,
                            since,
                            actor.ownerId(),
                            posting)
                    .orElseThrow();
            audit.record(actor, "payout.request", "payout:" + id, credits + " credits of " + owner);
            return id;
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    /** Whose money it is has more to lose than a member of an organisation: its owners alone may move it. */
    private long earner(Caller actor, String owner) {
        if (actor.guest() || actor.keyId() != null) {
            throw Problem.of(ErrorCode.FORBIDDEN, "A payout is asked for on the page, by a person who is signed in");
        }
        if (owner.equals(actor.name())) {
            return actor.ownerId();
        }
        Organisations.OrganisationView organisation = organisations.find(actor, owner);
        if (!organisation.owner()) {
            throw Problem.of(ErrorCode.FORBIDDEN, "Only an owner of " + owner + " asks for its payouts");
        }
        return organisation.id();
    }

    private Credits checked(String amount) {
        Credits credits = Typed.amount(amount);
        if (credits.compareTo(Credits.of(config.minimum())) < 0) {
            throw Problem.invalid("amount", "At least " + Credits.of(config.minimum()) + " credits are paid out");
        }
        if (credits.micro() % MINOR_UNIT.micro() != 0) {
            throw Problem.invalid("amount", "Give a multiple of " + MINOR_UNIT + " credits: banks move no less");
        }
        return credits;
    }

    private static String checkedPayee(String payee) {
        String name = payee.strip();
        if (name.isEmpty() || name.length() > LONGEST_PAYEE || name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid(
                    "payee", "Give the name of the account's holder, at most " + LONGEST_PAYEE + " characters");
        }
        return name;
    }
}
