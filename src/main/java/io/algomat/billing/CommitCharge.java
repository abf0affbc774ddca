package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Writes one charge with its posting, in a transaction of its own. */
@ApplicationScoped
class CommitCharge {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK = "SELECT id, balance FROM lock_accounts(?)";
    private static final String FIND = """
            SELECT call_id, total, royalty, fee, compute, promo, billed_ms FROM charge
            WHERE call_id = ? AND caller_id = ? AND version_id = ?
            """;

    /** Posting, charge and legs go in one statement: the database compares them with each other at its end. */
    private static final String CHARGE = """
            WITH booked AS (INSERT INTO posting (kind) SELECT 'charge' WHERE cardinality(?::bigint[]) > 0 RETURNING id),
            charged AS (
                INSERT INTO charge (posting_id, call_id, caller_id, key_id, publisher_id, version_id, algorithm, version,
                                    device, billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty,
                                    rate_per_ms, take_bps)
                VALUES ((SELECT id FROM booked), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, legs.account, legs.amount FROM booked, unnest(?, ?) AS legs (account, amount)
            """;

    private final DataSource database;
    private final Accounts accounts;

    CommitCharge(DataSource database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /**
     * Charges the call, or answers what was charged for it before. May be tried again after any failure.
     *
     * @throws Problem payment-required, when the credit behind the hold was spent elsewhere
     */
    Charge commit(Hold hold, Cost cost) throws SQLException {
        Accounts.Of caller = accounts.of(hold.request().callerId());
        Accounts.Of publisher = accounts.of(hold.request().publisherId());
        Accounts.Of site = accounts.of(Accounts.SITE);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Credits promo = promoPart(connection, hold, cost, caller, publisher);
                write(connection, hold, cost, promo, legs(cost, promo, caller, publisher, site));
                connection.commit();
                return charge(hold.request().callId(), cost, promo);
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                Optional<Charge> before =
                        mayBeChargedBefore(e) ? find(connection, hold.request()) : Optional.<Charge>empty();
                if (before.isPresent()) {
                    return before.get();
                }
                throw e;
            }
        }
    }

    /** A commit whose answer was lost shows as a second call id, or as credit that is gone: this very charge spent it. */
    private static boolean mayBeChargedBefore(Exception failure) {
        return failure instanceof SQLException refused && UNIQUE_VIOLATION.equals(refused.getSQLState())
                || failure instanceof Problem problem && problem.code() == ErrorCode.PAYMENT_REQUIRED;
    }

    Optional<Charge> find(HoldRequest request) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return find(connection, request);
        }
    }

    /** How much of the total promo credit pays, which is spent first. All accounts are locked, in the order of their ids. */
    private static Credits promoPart(
            Connection connection, Hold hold, Cost cost, Accounts.Of caller, Accounts.Of publisher)
            throws SQLException {
        Long[] touched = {
            caller.id(AccountKind.PROMO),
            caller.id(AccountKind.FUNDED),
            publisher.id(AccountKind.EARNINGS),
            publisher.id(AccountKind.EARNINGS_UNFUNDED)
        };
        Map<Long, Credits> balances = new HashMap<>();
        Rows.list(
                connection,
                LOCK,
                row -> balances.put(row.getLong("id"), Credits.micro(row.getLong("balance"))),
                (Object) touched);
        Credits promo = balances.getOrDefault(caller.id(AccountKind.PROMO), Credits.ZERO);
        Credits funded = balances.getOrDefault(caller.id(AccountKind.FUNDED), Credits.ZERO);
        Credits part = promo.min(cost.total());
        if (funded.compareTo(cost.total().minus(part)) < 0) {
            throw Shortage.of(hold.amount(), promo.plus(funded));
        }
        return part;
    }

    /** Funded credit pays the publisher first, so that of a call paid from both as much as possible can be paid out. */
    private static Posting.Legs legs(
            Cost cost, Credits promo, Accounts.Of caller, Accounts.Of publisher, Accounts.Of site) {
        Credits funded = cost.total().minus(promo);
        Credits payable = cost.publisherShare().min(funded);
        return new Posting.Legs()
                .add(caller.id(AccountKind.PROMO), promo.negate())
                .add(caller.id(AccountKind.FUNDED), funded.negate())
                .add(publisher.id(AccountKind.EARNINGS), payable)
                .add(
                        publisher.id(AccountKind.EARNINGS_UNFUNDED),
                        cost.publisherShare().minus(payable))
                .add(site.id(AccountKind.SITE_FEE), cost.fee())
                .add(site.id(AccountKind.SITE_COMPUTE), cost.compute());
    }

    private static void write(Connection connection, Hold hold, Cost cost, Credits promo, Posting.Legs legs)
            throws SQLException {
        HoldRequest call = hold.request();
        Rows.change(
                connection,
                CHARGE,
                legs.accounts(),
                call.callId(),
                call.callerId(),
                call.keyId(),
                call.publisherId(),
                call.versionId(),
                call.algorithm(),
                call.version(),
                call.device(),
                cost.billedMillis(),
                hold.amount().micro(),
                cost.royalty().micro(),
                cost.fee().micro(),
                cost.compute().micro(),
                promo.micro(),
                call.royaltyFree(),
                call.price().royalty().micro(),
                call.price().ratePerMs().micro(),
                call.price().takeBps(),
                legs.accounts(),
                legs.amounts());
    }

    private static Optional<Charge> find(Connection connection, HoldRequest request) throws SQLException {
        return Rows.first(
                connection,
                FIND,
                row -> new Charge(
                        row.getObject("call_id", UUID.class),
                        Credits.micro(row.getLong("total")),
                        Credits.micro(row.getLong("royalty")),
                        Credits.micro(row.getLong("fee")),
                        Credits.micro(row.getLong("compute")),
                        Credits.micro(row.getLong("promo")),
                        row.getLong("billed_ms")),
                request.callId(),
                request.callerId(),
                request.versionId());
    }

    private static Charge charge(UUID callId, Cost cost, Credits promo) {
        return new Charge(callId, cost.total(), cost.royalty(), cost.fee(), cost.compute(), promo, cost.billedMillis());
    }
}
