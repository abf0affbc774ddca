package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes the charges of one root call with their posting, in a transaction of its own. */
@ApplicationScoped
class CommitCharge {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK = "SELECT id, balance FROM lock_accounts(?)";
    private static final String FIND = """
            SELECT call_id, total, royalty, fee, compute, promo, billed_ms FROM charge
            WHERE call_id = ? AND caller_id = ? AND version_id = ?
            """;
    private static final String FIND_NESTED = """
            SELECT call_id, total, royalty, fee, compute, promo, billed_ms FROM charge
            WHERE root_call_id = ? ORDER BY call_id
            """;

    /** Posting, charges and legs go in one statement: the database compares them with each other at its end. */
    private static final String CHARGE = """
            WITH booked AS (INSERT INTO posting (kind) SELECT 'charge' WHERE cardinality(?::bigint[]) > 0 RETURNING id),
            charged AS (
                INSERT INTO charge (posting_id, call_id, root_call_id, parent_call_id, caller_id, key_id, publisher_id,
                                    version_id, algorithm, version, device, billed_ms, held, royalty, fee, compute, promo,
                                    royalty_free, price_royalty, rate_per_ms, take_bps)
                VALUES %s)
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, legs.account, legs.amount FROM booked, unnest(?, ?) AS legs (account, amount)
            """;

    private static final String ROW = """
            (CASE WHEN ? THEN (SELECT id FROM booked) END, ?::uuid, ?::uuid, ?::uuid, ?, ?::bigint, ?, ?, ?, ?, ?, ?, ?, ?,
             ?, ?, ?, ?, ?, ?, ?)
            """;

    private final DataSource database;
    private final Accounts accounts;

    CommitCharge(DataSource database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    /**
     * Charges the calls, or answers what was charged for them before. May be tried again after any failure.
     *
     * @param dues the root call's first
     * @throws Problem payment-required, when the credit behind the hold was spent elsewhere
     */
    Charge commit(List<Due> dues) throws SQLException {
        Due root = dues.getFirst();
        Accounts.Of caller = accounts.of(root.request().callerId());
        List<Accounts.Of> publishers = new ArrayList<>();
        for (Due due : dues) {
            publishers.add(accounts.of(due.request().publisherId()));
        }
        Accounts.Of site = accounts.of(Accounts.SITE);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Split split = Split.of(dues, promoPart(connection, dues, caller, publishers));
                write(connection, dues, split, legs(dues, split, caller, publishers, site));
                connection.commit();
                return charge(dues, split);
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                Optional<Charge> before =
                        mayBeChargedBefore(e) ? find(connection, root.request()) : Optional.<Charge>empty();
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
            Connection connection, List<Due> dues, Accounts.Of caller, List<Accounts.Of> publishers)
            throws SQLException {
        List<Long> touched = new ArrayList<>();
        touched.add(caller.id(AccountKind.PROMO));
        touched.add(caller.id(AccountKind.FUNDED));
        for (Accounts.Of publisher : publishers) {
            touched.add(publisher.id(AccountKind.EARNINGS));
            touched.add(publisher.id(AccountKind.EARNINGS_UNFUNDED));
        }
        Map<Long, Credits> balances = new HashMap<>();
        Rows.list(
                connection,
                LOCK,
                row -> balances.put(row.getLong("id"), Credits.micro(row.getLong("balance"))),
                (Object) touched.toArray(Long[]::new));
        Credits promo = balances.getOrDefault(caller.id(AccountKind.PROMO), Credits.ZERO);
        Credits funded = balances.getOrDefault(caller.id(AccountKind.FUNDED), Credits.ZERO);
        Credits total = Split.total(dues);
        Credits part = promo.min(total);
        if (funded.compareTo(total.minus(part)) < 0) {
            throw Shortage.of(dues.getFirst().held(), promo.plus(funded));
        }
        return part;
    }

    private static Posting.Legs legs(
            List<Due> dues, Split split, Accounts.Of caller, List<Accounts.Of> publishers, Accounts.Of site) {
        Posting.Legs legs = new Posting.Legs();
        for (int i = 0; i < dues.size(); i++) {
            Cost cost = dues.get(i).cost();
            Credits promo = split.promo().get(i);
            Credits funded = cost.total().minus(promo);
            Credits payable = cost.publisherShare().min(funded);
            Accounts.Of publisher = publishers.get(i);
            legs.add(caller.id(AccountKind.PROMO), promo.negate())
                    .add(caller.id(AccountKind.FUNDED), funded.negate())
                    .add(publisher.id(AccountKind.EARNINGS), payable)
                    .add(
                            publisher.id(AccountKind.EARNINGS_UNFUNDED),
                            cost.publisherShare().minus(payable))
                    .add(site.id(AccountKind.SITE_FEE), cost.fee())
                    .add(site.id(AccountKind.SITE_COMPUTE), cost.compute());
        }
        return legs;
    }

    private static void write(Connection connection, List<Due> dues, Split split, Posting.Legs legs)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(legs.accounts());
        for (int i = 0; i < dues.size(); i++) {
            bind(values, dues.get(i), split.promo().get(i));
        }
        values.add(legs.accounts());
        values.add(legs.amounts());
        String rows = String.join(", ", Collections.nCopies(dues.size(), ROW));
        Rows.change(connection, CHARGE.formatted(rows), values.toArray());
    }

    private static void bind(List<@Nullable Object> values, Due due, Credits promo) {
        HoldRequest call = due.request();
        HoldRequest.Nesting nesting = call.nesting();
        Cost cost = due.cost();
        values.add(!cost.total().isZero());
        values.add(call.callId());
        values.add(nesting == null ? null : nesting.rootCallId());
        values.add(nesting == null ? null : nesting.parentCallId());
        values.add(call.callerId());
        values.add(call.keyId());
        values.add(call.publisherId());
        values.add(call.versionId());
        values.add(call.algorithm());
        values.add(call.version());
        values.add(call.device());
        values.add(cost.billedMillis());
        values.add(due.held().micro());
        values.add(cost.royalty().micro());
        values.add(cost.fee().micro());
        values.add(cost.compute().micro());
        values.add(promo.micro());
        values.add(call.royaltyFree());
        values.add(call.price().royalty().micro());
        values.add(call.price().ratePerMs().micro());
        values.add(call.price().takeBps());
    }

    private static Optional<Charge> find(Connection connection, HoldRequest request) throws SQLException {
        List<Charge> nested = Rows.list(connection, FIND_NESTED, row -> read(row, List.of()), request.callId());
        return Rows.first(
                connection, FIND, row -> read(row, nested), request.callId(), request.callerId(), request.versionId());
    }

    private static Charge read(ResultSet row, List<Charge> nested) throws SQLException {
        return new Charge(
                row.getObject("call_id", UUID.class),
                Credits.micro(row.getLong("total")),
                Credits.micro(row.getLong("royalty")),
                Credits.micro(row.getLong("fee")),
                Credits.micro(row.getLong("compute")),
                Credits.micro(row.getLong("promo")),
                row.getLong("billed_ms"),
                nested);
    }

    private static Charge charge(List<Due> dues, Split split) {
        List<Charge> nested = new ArrayList<>();
        for (int i = 1; i < dues.size(); i++) {
            nested.add(charge(dues.get(i), split.promo().get(i), List.of()));
        }
        return charge(dues.getFirst(), split.promo().getFirst(), nested);
    }

    private static Charge charge(Due due, Credits promo, List<Charge> nested) {
        Cost cost = due.cost();
        return new Charge(
                due.request().callId(),
                cost.total(),
                cost.royalty(),
                cost.fee(),
                cost.compute(),
                promo,
                cost.billedMillis(),
                nested);
    }
}
