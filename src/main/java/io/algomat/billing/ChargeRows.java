package io.algomat.billing;

import io.algomat.platform.Credits;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Charges in the database: written with their posting in one statement, and found by their call. */
final class ChargeRows {
    private static final String FIND = """
            SELECT call_id, total, royalty, fee, compute, promo, billed_ms FROM charge
            WHERE call_id = ? AND caller_id = ? AND version_id = ?
            """;
    private static final String FIND_OF_CALLER = """
            SELECT call_id, total, royalty, fee, compute, promo, billed_ms FROM charge WHERE call_id = ? AND caller_id = ?
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
                                    royalty_free, price_royalty, rate_per_ms, take_bps, labels, gateway_id, epoch)
                VALUES %s)
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, legs.account, legs.amount FROM booked, unnest(?, ?) AS legs (account, amount)
            """;

    private static final String ROW = """
            (CASE WHEN ? THEN (SELECT id FROM booked) END, ?::uuid, ?::uuid, ?::uuid, ?, ?::bigint, ?, ?, ?, ?, ?, ?, ?, ?,
             ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::bigint, ?::bigint)
            """;

    private ChargeRows() {}

    /** @param legs of all of them together */
    static void write(Connection connection, List<Paid> charges, Posting.Legs legs) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(legs.accounts());
        int rows = 0;
        for (Paid paid : charges) {
            for (int i = 0; i < paid.dues().size(); i++) {
                bind(values, paid.dues().get(i), paid.split().promo().get(i));
                rows++;
            }
        }
        values.add(legs.accounts());
        values.add(legs.amounts());
        Rows.change(connection, CHARGE.formatted(String.join(", ", Collections.nCopies(rows, ROW))), values.toArray());
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
        values.add(call.terms().labels().json());
        Claim claim = due.claim();
        values.add(claim == null ? null : claim.gateway());
        values.add(claim == null ? null : claim.epoch());
    }

    /** What a root call was charged, with the calls below it. */
    static Optional<Charge> find(Connection connection, HoldRequest request) throws SQLException {
        List<Charge> nested = Rows.list(connection, FIND_NESTED, row -> read(row, List.of()), request.callId());
        return Rows.first(
                connection, FIND, row -> read(row, nested), request.callId(), request.callerId(), request.versionId());
    }

    /** The same, where the version is not known. */
    static Optional<Charge> find(Connection connection, UUID callId, long callerId) throws SQLException {
        List<Charge> nested = Rows.list(connection, FIND_NESTED, row -> read(row, List.of()), callId);
        return Rows.first(connection, FIND_OF_CALLER, row -> read(row, nested), callId, callerId);
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
}
