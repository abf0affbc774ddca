package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Books what payment providers say, each event once. An event that comes again changes nothing, or is refused. */
@ApplicationScoped
class BookPayment {
    private static final String EVENT = """
            SELECT kind, payment, owner_id, amount FROM payment_event WHERE provider = ? AND event_id = ?
            """;
    private static final String PAYMENT = """
            SELECT kind, payment, owner_id, amount FROM payment_event
            WHERE provider = ? AND payment = ? AND kind = 'payment'
            """;
    private static final String CHARGED_BACK = """
            SELECT coalesce(sum(amount), 0) AS amount FROM payment_event
            WHERE provider = ? AND payment = ? AND kind = 'charge_back'
            """;
    private static final String KEEP = """
            INSERT INTO payment_event (provider, event_id, kind, payment, owner_id, amount, posting_id)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    /** @param fresh false when the same event was booked before */
    record Booked(long ownerId, boolean fresh) {}

    private record Known(String kind, String payment, long ownerId, Credits amount) {}

    private final DataSource database;
    private final LentCredit lent;

    BookPayment(DataSource database, LentCredit lent) {
        this.database = database;
        this.lent = lent;
    }

    /**
     * Books an event in the transaction that is running.
     *
     * @throws Problem conflict, when the event's id was told before with other words, when the payment was booked by
     *     another event, or when a charge-back is of no payment that is known, or of more than was paid
     */
    @Transactional
    Booked book(PaymentEvent event) {
        try (Connection connection = database.getConnection()) {
            Known fresh = switch (event) {
                case PaymentEvent.Paid paid -> new Known("payment", paid.payment(), paid.ownerId(), paid.amount());
                case PaymentEvent.ChargedBack back ->
                    new Known("charge_back", back.payment(), payer(connection, back), back.amount());
            };
            if (event instanceof PaymentEvent.ChargedBack) {
                lent.callBack(fresh.ownerId());
            }
            Payer payer = Payer.locked(connection, fresh.ownerId());
            // Now no other event of this owner is on its way.
            Optional<Booked> before = before(connection, event);
            if (before.isPresent()) {
                return before.get();
            }
            long posting =
                    posting(connection, event, payer).bookedAs(connection).orElseThrow(() -> otherWords(event));
            keep(connection, event, fresh, posting);
            return new Booked(fresh.ownerId(), true);
        } catch (SQLException e) {
            throw Rows.away(e);
        }
    }

    private record Payer(long funded, long receivable, LockedAccounts locked) {
        static Payer locked(Connection connection, long owner) throws SQLException {
            long receivable = Accounts.receivable(connection, owner);
            long funded = Accounts.in(connection, owner).id(AccountKind.FUNDED);
            return new Payer(funded, receivable, LockedAccounts.withCredit(connection, owner, receivable));
        }

        Credits credit() {
            return locked.takeable(funded);
        }

        Credits debt() {
            return locked.balance(receivable).negate();
        }
    }

    private static Optional<Booked> before(Connection connection, PaymentEvent event) throws SQLException {
        Known known = known(connection, EVENT, event.provider(), event.id());
        if (known == null) {
            return Optional.empty();
        }
        boolean same = switch (event) {
            case PaymentEvent.Paid paid ->
                known.equals(new Known("payment", paid.payment(), paid.ownerId(), paid.amount()));
            case PaymentEvent.ChargedBack back ->
                known.equals(new Known("charge_back", back.payment(), known.ownerId(), back.amount()));
        };
        if (!same) {
            throw otherWords(event);
        }
        return Optional.of(new Booked(known.ownerId(), false));
    }

    private static Problem otherWords(PaymentEvent event) {
        return Problem.of(
                ErrorCode.CONFLICT,
                "The event '" + event.id() + "' was booked before with other content; nothing was changed");
    }

    /** @throws Problem conflict, also where the payment may yet come: providers send again what was not taken */
    private static long payer(Connection connection, PaymentEvent.ChargedBack back) throws SQLException {
        Known paid = known(connection, PAYMENT, back.provider(), back.payment());
        if (paid == null) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "No payment '" + back.payment() + "' is known that could be charged back; send its event first");
        }
        return paid.ownerId();
    }

    private static Posting posting(Connection connection, PaymentEvent event, Payer payer) throws SQLException {
        long funding = Accounts.in(connection, Accounts.SITE).id(AccountKind.FUNDING);
        Credits amount = event.amount();
        return switch (event) {
            case PaymentEvent.Paid paid -> {
                // What is owed is paid first.
                Credits debt = payer.debt().min(amount);
                Posting.Legs legs = new Posting.Legs()
                        .add(funding, amount.negate())
                        .add(payer.receivable(), debt)
                        .add(payer.funded(), amount.minus(debt));
                yield new Posting(
                        paid.actorId() == null ? "top_up" : "credit_grant",
                        source(event),
                        event.reason(),
                        paid.actorId(),
                        legs);
            }
            case PaymentEvent.ChargedBack back -> {
                checkWithin(connection, back);
                Credits taken = payer.credit().min(amount);
                Posting.Legs legs = new Posting.Legs()
                        .add(payer.funded(), taken.negate())
                        .add(payer.receivable(), taken.minus(amount))
                        .add(funding, amount);
                yield new Posting("charge_back", source(event), event.reason(), null, legs);
            }
        };
    }

    /** An administrator's own events keep the bare id, as they had before there were providers. */
    private static String source(PaymentEvent event) {
        return event instanceof PaymentEvent.Paid paid && paid.actorId() != null
                ? event.id()
                : event.provider() + ":" + event.id();
    }

    /** The payer's accounts are locked, so that no other charge-back of the payment comes between. */
    private static void checkWithin(Connection connection, PaymentEvent.ChargedBack back) throws SQLException {
        Known paid = known(connection, PAYMENT, back.provider(), back.payment());
        Credits before = Rows.first(
                        connection,
                        CHARGED_BACK,
                        row -> Credits.micro(row.getLong("amount")),
                        back.provider(),
                        back.payment())
                .orElse(Credits.ZERO);
        if (paid == null || before.plus(back.amount()).compareTo(paid.amount()) > 0) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "More would be charged back of '" + back.payment() + "' than was paid; nothing was changed");
        }
    }

    private static void keep(Connection connection, PaymentEvent event, Known known, long posting) throws SQLException {
        int kept = Rows.change(
                connection,
                KEEP,
                event.provider(),
                event.id(),
                known.kind(),
                known.payment(),
                known.ownerId(),
                known.amount().micro(),
                posting);
        if (kept == 0) {
            throw Problem.of(
                    ErrorCode.CONFLICT,
                    "The payment '" + event.payment() + "' was booked before by another event; nothing was changed");
        }
    }

    private static @Nullable Known known(Connection connection, String sql, String provider, String id)
            throws SQLException {
        return Rows.first(
                        connection,
                        sql,
                        row -> new Known(
                                row.getString("kind"),
                                row.getString("payment"),
                                row.getLong("owner_id"),
                                Credits.micro(row.getLong("amount"))),
                        provider,
                        id)
                .orElse(null);
    }
}
