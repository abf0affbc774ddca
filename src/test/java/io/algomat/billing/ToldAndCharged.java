package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Ids;
import io.algomat.testing.ClientLog;
import io.algomat.testing.ClientLog.Attempt;
import io.algomat.testing.TwoGateways;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Holds what a client was told of its calls against what the ledger says since a moment. */
final class ToldAndCharged {
    static final long ROYALTY_MICRO = 10_000;

    private final TwoGateways gateways;
    private final Map<UUID, Long> chargedBefore;
    private final long creditBefore;

    /** From now on. */
    ToldAndCharged(TwoGateways gateways) throws SQLException {
        this.gateways = gateways;
        this.chargedBefore = charges();
        this.creditBefore = credit();
    }

    /**
     * The client's log and the ledger say the same.
     *
     * @param unheard calls whose end the client does not know: each may be charged, once
     */
    void settled(ClientLog client, long unheard) throws SQLException, IOException {
        Map<UUID, Long> charges = fresh();
        Map<Boolean, Set<UUID>> told = client.attempts().stream()
                .filter(attempt -> !attempt.callId().isEmpty() && !attempt.unconfirmed())
                .collect(Collectors.partitioningBy(
                        Attempt::succeeded,
                        Collectors.mapping(attempt -> Ids.parseCall(attempt.callId()), Collectors.toSet())));
        assertThat(told.get(true)).as("each call has its own id").hasSize((int)
                client.attempts().stream().filter(Attempt::succeeded).count());
        assertThat(charges)
                .as("acknowledged is charged")
                .containsKeys(told.get(true).toArray(UUID[]::new));
        assertThat(charges)
                .as("refused is free")
                .doesNotContainKeys(told.get(false).toArray(UUID[]::new));
        assertThat(charges.values()).as("each once, at its price").containsOnly(ROYALTY_MICRO);
        assertThat(client.attempts())
                .filteredOn(Attempt::succeeded)
                .allMatch(attempt -> attempt.costMicros() == ROYALTY_MICRO);
        assertThat(charges.size() - told.get(true).size())
                .as("charged, and never heard of")
                .isBetween(0, (int) unheard);
        assertThat(creditBefore - credit()).as("what left the account").isEqualTo(ROYALTY_MICRO * charges.size());
        try (Connection database = gateways.database()) {
            assertThat(VerifyLedger.verify(database)).allMatch(finding -> finding.differences() == 0);
        }
    }

    /** How many calls were charged. */
    int charged() throws SQLException {
        return fresh().size();
    }

    private Map<UUID, Long> fresh() throws SQLException {
        Map<UUID, Long> charges = charges();
        charges.keySet().removeAll(chargedBefore.keySet());
        return charges;
    }

    private Map<UUID, Long> charges() throws SQLException {
        Map<UUID, Long> found = new HashMap<>();
        try (Connection database = gateways.database()) {
            Rows.list(
                    database,
                    "SELECT call_id, total FROM charge WHERE algorithm = 'demo/paid_echo'",
                    row -> found.put(row.getObject("call_id", UUID.class), row.getLong("total")));
        }
        return found;
    }

    private long credit() throws SQLException {
        try (Connection database = gateways.database()) {
            return Rows.first(
                            database,
                            "SELECT sum(balance) AS credit FROM ledger_account WHERE kind IN ('promo', 'funded')",
                            row -> row.getLong("credit"))
                    .orElseThrow();
        }
    }
}
