package io.algomat.billing;

import io.algomat.platform.Credits;
import io.algomat.platform.UnitPrice;
import io.algomat.platform.Units;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Charges in the database: written with their posting in one statement, and found by their call. */
final class ChargeRows {
    private static final String FIND = """
            SELECT * FROM charge
            WHERE call_id = ? AND caller_id = ? AND version_id = ?
            """;
    private static final String FIND_OF_CALLER = """
            SELECT * FROM charge WHERE call_id = ? AND caller_id = ?
            """;
    private static final String FIND_NESTED = """
            SELECT * FROM charge
            WHERE root_call_id = ? ORDER BY call_id
            """;

    private record Column(String name, String type, Value value) {}

    private interface Value {
        @Nullable
        Object of(Due due, Credits promo);
    }

    private static final List<Column> COLUMNS = List.of(
            column("call_id", "uuid", call -> call.callId()),
            column(
                    "root_call_id",
                    "uuid",
                    call -> call.nesting() == null ? null : call.nesting().rootCallId()),
            column(
                    "parent_call_id",
                    "uuid",
                    call -> call.nesting() == null ? null : call.nesting().parentCallId()),
            column("caller_id", "bigint", HoldRequest::callerId),
            column("key_id", "bigint", HoldRequest::keyId),
            column("publisher_id", "bigint", HoldRequest::publisherId),
            column("version_id", "bigint", HoldRequest::versionId),
            column("algorithm", "text", HoldRequest::algorithm),
            column("version", "text", HoldRequest::version),
            column("device", "text", HoldRequest::device),
            new Column("billed_ms", "bigint", (due, _) -> due.cost().billedMillis()),
            new Column("held", "bigint", (due, _) -> due.held().micro()),
            new Column("royalty", "bigint", (due, _) -> due.cost().royalty().micro()),
            new Column("fee", "bigint", (due, _) -> due.cost().fee().micro()),
            new Column("compute", "bigint", (due, _) -> due.cost().compute().micro()),
            new Column("promo", "bigint", (_, promo) -> promo.micro()),
            column("royalty_free", "boolean", HoldRequest::royaltyFree),
            column("price_royalty", "bigint", call -> call.price().royalty().micro()),
            column("rate_per_ms", "bigint", call -> call.price().ratePerMs().micro()),
            column("take_bps", "int", call -> call.price().takeBps()),
            column("labels", "jsonb", call -> call.terms().labels().json()),
            new Column(
                    "gateway_id",
                    "bigint",
                    (due, _) -> due.claim() == null ? null : due.claim().gateway()),
            new Column(
                    "epoch",
                    "bigint",
                    (due, _) -> due.claim() == null ? null : due.claim().epoch()),
            new Column(
                    "units",
                    "bigint",
                    (due, _) -> due.request().price().unit() == null
                            ? null
                            : due.cost().units().thousandths()),
            unit("unit_metric", "text", UnitPrice::metric),
            unit("unit_price", "bigint", unit -> unit.credits().micro()),
            unit("unit_per", "bigint", UnitPrice::per),
            unit("unit_most", "bigint", unit -> unit.most().whole()));

    private static final String NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));

    /**
     * Posting, charges and legs go in one statement: the database compares them with each other at its end. It is the same
     * statement for any number of charges, so that it is prepared once.
     */
    private static final String CHARGE = """
            WITH booked AS (INSERT INTO posting (kind) SELECT 'charge' WHERE cardinality(?::bigint[]) > 0 RETURNING id),
            charged AS (
                INSERT INTO charge (posting_id, %1$s)
                SELECT CASE WHEN royalty + compute <> 0 THEN (SELECT id FROM booked) END, %1$s
                FROM unnest(%2$s) AS due (%1$s))
            INSERT INTO leg (posting_id, account_id, amount)
            SELECT booked.id, legs.account, legs.amount FROM booked, unnest(?::bigint[], ?::bigint[]) AS legs (account, amount)
            """.formatted(
            NAMES, COLUMNS.stream().map(column -> "?::" + column.type() + "[]").collect(Collectors.joining(", ")));

    private ChargeRows() {}

    private static Column column(String name, String type, Function<HoldRequest, @Nullable Object> value) {
        return new Column(name, type, (due, _) -> value.apply(due.request()));
    }

    private static Column unit(String name, String type, Function<UnitPrice, Object> value) {
        return column(name, type, call -> {
            UnitPrice unit = call.price().unit();
            return unit == null ? null : value.apply(unit);
        });
    }

    /**
     * Writes charges in a transaction that is open, and commits it by the same message.
     *
     * @param legs of all of them together
     */
    static void writeAndCommit(Connection connection, List<Paid> charges, Posting.Legs legs) throws SQLException {
        write(connection, CHARGE + "; COMMIT", charges, legs);
    }

    static void write(Connection connection, List<Paid> charges, Posting.Legs legs) throws SQLException {
        write(connection, CHARGE, charges, legs);
    }

    private static void write(Connection connection, String sql, List<Paid> charges, Posting.Legs legs)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(legs.accounts());
        for (Column column : COLUMNS) {
            values.add(connection.createArrayOf(column.type(), values(column, charges)));
        }
        values.add(legs.accounts());
        values.add(legs.amounts());
        Rows.change(connection, sql, values.toArray());
    }

    private static @Nullable Object[] values(Column column, List<Paid> charges) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Paid paid : charges) {
            for (int i = 0; i < paid.dues().size(); i++) {
                values.add(column.value()
                        .of(paid.dues().get(i), paid.split().promo().get(i)));
            }
        }
        return values.toArray();
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
                metered(row),
                nested);
    }

    static Charge.@Nullable Metered metered(ResultSet row) throws SQLException {
        String metric = row.getString("unit_metric");
        if (metric == null) {
            return null;
        }
        long cost = row.getBoolean("royalty_free") ? 0 : row.getLong("royalty") - row.getLong("price_royalty");
        return new Charge.Metered(metric, new Units(row.getLong("units")), Credits.micro(cost));
    }
}
