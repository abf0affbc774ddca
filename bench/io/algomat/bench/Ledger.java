package io.algomat.bench;

import io.algomat.bench.CallRecords.CallRecord;
import io.algomat.platform.Ids;
import io.algomat.testing.PackagedGateway;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the database says that calls were charged. */
final class Ledger {
    private final PackagedGateway gateway;
    private final long firstCharge;
    private Map<UUID, Long> charges = Map.of();

    /** Only what is charged from now on counts. */
    Ledger(PackagedGateway gateway) throws IOException, SQLException {
        this.gateway = gateway;
        this.firstCharge = number("SELECT count(*) FROM charge");
    }

    /** Micro-credits that have left the callers' accounts by charges, as the journal has it. */
    long spent() throws IOException, SQLException {
        return number("""
                SELECT coalesce(-sum(leg.amount), 0) FROM leg
                JOIN posting ON posting.id = leg.posting_id AND posting.kind = 'charge'
                JOIN ledger_account account ON account.id = leg.account_id AND account.kind IN ('promo', 'funded')
                """);
    }

    /** Micro-credits; 0 where there is no charge. */
    long charged(String callId) throws IOException, SQLException {
        return callId.isEmpty() ? 0 : charges().getOrDefault(Ids.parseCall(callId), 0L);
    }

    /** Charges of calls that no answer named. */
    long unknownTo(List<CallRecord> calls) throws IOException, SQLException {
        long known = calls.stream()
                .filter(call -> !call.callId().isEmpty()
                        && charges.containsKey(Ids.parseCall(call.callId())))
                .count();
        return number("SELECT count(*) FROM charge") - firstCharge - known;
    }

    private Map<UUID, Long> charges() throws IOException, SQLException {
        if (charges.isEmpty()) {
            Map<UUID, Long> all = new HashMap<>();
            try (Connection database = gateway.database();
                    PreparedStatement query = database.prepareStatement("SELECT call_id, total FROM charge");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    all.put(rows.getObject(1, UUID.class), rows.getLong(2));
                }
            }
            charges = all;
        }
        return charges;
    }

    private long number(String sql) throws IOException, SQLException {
        try (Connection database = gateway.database();
                PreparedStatement query = database.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
