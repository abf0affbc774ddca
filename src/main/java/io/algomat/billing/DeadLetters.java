package io.algomat.billing;

import io.algomat.platform.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Charges that the ledger refused for good. Their calls were free; a fault of ours made them, so somebody is told. */
@Startup // So that the counter is told before the first refusal: an alert looks for its increase.
@ApplicationScoped
class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private static final String KEEP = """
            INSERT INTO charge_dead_letter (call_id, root_call_id, state, reason, caller_id, publisher_id, version_id,
                                            algorithm, version, billed_ms, held, royalty, fee, compute)
            VALUES (?, ?::uuid, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private final DataSource database;
    private final Counter refused;

    DeadLetters(DataSource database, MeterRegistry registry) {
        this.database = database;
        this.refused = Counter.builder("algo.charges.refused")
                .description("Root calls whose charge the ledger refused for good")
                .register(registry);
    }

    /** Keeps what was due for a root call and those below it, and why it was refused. Fails at nothing but the log. */
    void keep(List<Due> dues, SQLException why) {
        refused.increment();
        LOG.errorf(
                why,
                "The ledger refused the charge of %s for good",
                Ids.callText(dues.getFirst().request().callId()));
        try (Connection connection = database.getConnection()) {
            for (Due due : dues) {
                keep(connection, due, why);
            }
        } catch (SQLException e) {
            LOG.error("A refused charge stands in this log alone", e);
        }
    }

    private static void keep(Connection connection, Due due, SQLException why) throws SQLException {
        HoldRequest call = due.request();
        HoldRequest.Nesting nesting = call.nesting();
        Cost cost = due.cost();
        Rows.change(
                connection,
                KEEP,
                call.callId(),
                nesting == null ? null : nesting.rootCallId(),
                String.valueOf(why.getSQLState()),
                String.valueOf(why.getMessage()),
                call.callerId(),
                call.publisherId(),
                call.versionId(),
                call.algorithm(),
                call.version(),
                cost.billedMillis(),
                due.held().micro(),
                cost.royalty().micro(),
                cost.fee().micro(),
                cost.compute().micro());
    }
}
