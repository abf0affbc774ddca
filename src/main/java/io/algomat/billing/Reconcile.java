package io.algomat.billing;

import io.algomat.accounts.Caller;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds the ledger against its rules while it is at work, by itself now and then and whenever an administrator wishes:
 * the same rules as {@code ./algomat verify}.
 */
@Startup // So that the gauge is told before the first difference.
@ApplicationScoped
public class Reconcile {
    private static final Logger LOG = Logger.getLogger(Reconcile.class);
    /** A large ledger takes long to read: it is read for a tenth of the time at most. */
    private static final int REST = 10;

    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('reconcile'))";

    private final Snapshot snapshot;
    private final Reconciliations kept;
    private final BillingConfig config;
    private final Clock clock;
    private final AtomicLong differences = new AtomicLong();

    Reconcile(Snapshot snapshot, Reconciliations kept, BillingConfig config, Clock clock, MeterRegistry registry) {
        this.snapshot = snapshot;
        this.kept = kept;
        this.config = config;
        this.clock = clock;
        Gauge.builder("algo.ledger.differences", differences, AtomicLong::get)
                .description("Places where the ledger breaks one of its rules, by the last reconciliation")
                .register(registry);
    }

    /**
     * Reads everything as of one moment, and keeps what was found.
     *
     * @throws Problem conflict, while another one is under way on any gateway
     */
    public Reconciliation now(Caller administrator) {
        return run(administrator)
                .orElseThrow(() -> Problem.of(
                        ErrorCode.CONFLICT, "The ledger is being reconciled already; look again in a while"));
    }

    @Scheduled(every = "1m", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void whenDue() {
        Optional<Reconciliation> last = kept.last();
        if (last.filter(made -> clock.instant().isBefore(due(made))).isEmpty()) {
            run(null);
        } else {
            differences.set(last.map(Reconciliation::differences).orElse(0L));
        }
    }

    private Instant due(Reconciliation last) {
        Duration rest = last.took().multipliedBy(REST);
        return last.endedAt().plus(rest.compareTo(config.reconcileEvery()) > 0 ? rest : config.reconcileEvery());
    }

    private Optional<Reconciliation> run(@Nullable Caller actor) {
        Instant started = clock.instant();
        Optional<List<Reconciliation.Finding>> found =
                snapshot.read(connection -> alone(connection) ? findings(connection) : Optional.empty());
        return found.map(findings -> {
            Reconciliation made = new Reconciliation(
                    started, Duration.between(started, clock.instant()), actor == null ? null : actor.name(), findings);
            kept.keep(made, actor == null ? null : actor.ownerId());
            differences.set(made.differences());
            if (made.differences() > 0) {
                LOG.errorf("The ledger breaks its rules in %d places: see /admin/reconciliation", made.differences());
            }
            return made;
        });
    }

    private static boolean alone(Connection connection) throws SQLException {
        return Rows.first(connection, ALONE, row -> row.getBoolean(1)).orElse(false);
    }

    private static Optional<List<Reconciliation.Finding>> findings(Connection connection) throws SQLException {
        List<Reconciliation.Finding> findings = new ArrayList<>();
        for (LedgerRule rule : LedgerRule.values()) {
            long began = System.nanoTime();
            long count = Rows.first(connection, rule.differences(), row -> row.getLong(1))
                    .orElse(0L);
            findings.add(new Reconciliation.Finding(rule, count, Duration.ofNanos(System.nanoTime() - began)));
        }
        return Optional.of(List.copyOf(findings));
    }
}
