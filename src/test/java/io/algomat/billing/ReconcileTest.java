package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.algomat.accounts.Caller;
import io.algomat.platform.Credits;
import io.algomat.platform.ErrorCode;
import io.algomat.platform.Problem;
import io.algomat.platform.Sql;
import io.algomat.testing.Charges;
import io.algomat.testing.Money;
import io.algomat.testing.People;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When the ledger is held against its rules, and what is kept of it. What the rules find is {@link VerifyLedgerTest}'s. */
@ExtendWith(LedgerBeans.class)
class ReconcileTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @Inject
    Snapshot snapshot;

    @Inject
    Reconciliations kept;

    @Inject
    BillingConfig config;

    @Inject
    Charges charges;

    @Inject
    FoldCharges fold;

    @Inject
    Money money;

    @Inject
    People people;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = START;
    private Reconcile reconcile;

    @BeforeEach
    void noneWasMade() {
        sql.update("DELETE FROM reconciliation");
        reconcile = new Reconcile(snapshot, kept, config, new Turned(), registry);
    }

    private final class Turned extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private double gauge() {
        return registry.get("algo.ledger.differences").gauge().value();
    }

    private static Reconciliation made(Instant at, Duration took, long differences) {
        return new Reconciliation(
                at,
                took,
                null,
                List.of(
                        new Reconciliation.Finding(LedgerRule.SUM_ZERO, differences, Duration.ofMillis(20)),
                        new Reconciliation.Finding(LedgerRule.FLOOR, 1, Duration.ofMillis(30))));
    }

    private void whenDueAfter(Duration after) {
        now = START.plus(after);
        reconcile.whenDue();
    }

    private int count() {
        return kept.newest(100).size();
    }

    @Test
    void anAdministratorHoldsTheLedgerAgainstEachRule() {
        Caller administrator = people.administrator();

        Reconciliation made = reconcile.now(administrator);

        assertThat(made.findings()).extracting(Reconciliation.Finding::rule).containsExactly(LedgerRule.values());
        assertThat(made.findings()).allSatisfy(finding -> {
            assertThat(finding.differences()).as(finding.rule().promise()).isZero();
            assertThat(finding.took()).isPositive().isLessThan(Duration.ofMinutes(1));
        });
        assertThat(made.actor()).isEqualTo(administrator.name());
        assertThat(made.differences()).isZero();
        Reconciliation last = kept.last().orElseThrow();
        assertThat(last.actor()).isEqualTo(administrator.name());
        assertThat(last.startedAt()).isEqualTo(START);
        assertThat(last.findings()).extracting(Reconciliation.Finding::rule).containsExactly(LedgerRule.values());
        assertThat(gauge()).isZero();
    }

    @Test
    void itIsDueAQuarterOfAnHourAfterTheLast() {
        reconcile.whenDue();
        assertThat(kept.newest(100))
                .singleElement()
                .satisfies(made -> assertThat(made.actor()).isNull());
        whenDueAfter(Duration.ofMinutes(15).minusSeconds(1));
        assertThat(count()).isEqualTo(1);
        whenDueAfter(Duration.ofMinutes(15));
        assertThat(count()).isEqualTo(2);
        assertThat(kept.last().orElseThrow().startedAt()).isEqualTo(now);
    }

    @Test
    void aLargeLedgerRestsTenTimesAsLongAsItWasRead() {
        kept.keep(made(START, Duration.ofMinutes(10), 0), null);
        whenDueAfter(Duration.ofMinutes(110).minusSeconds(1));
        assertThat(count()).isEqualTo(1);
        whenDueAfter(Duration.ofMinutes(110));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void whatAnotherGatewayFoundIsToldByThisOneToo() {
        kept.keep(made(START, Duration.ofSeconds(1), 3), null);
        whenDueAfter(Duration.ofMinutes(1));
        assertThat(gauge()).isEqualTo(4);
        whenDueAfter(Duration.ofMinutes(16));
        assertThat(gauge()).isZero();
    }

    @Test
    void aBrokenRuleIsCountedAndKept() {
        sql.update("UPDATE invoice_counter SET last = last + 1");
        try {
            Reconciliation made = reconcile.now(people.administrator());

            assertThat(made.differences()).isEqualTo(1);
            assertThat(gauge()).isEqualTo(1);
            assertThat(kept.last().orElseThrow().findings())
                    .filteredOn(finding -> finding.differences() > 0)
                    .extracting(Reconciliation.Finding::rule)
                    .containsExactly(LedgerRule.INVOICE_NUMBERS_GAPLESS);
        } finally {
            sql.update("UPDATE invoice_counter SET last = last - 1");
        }
    }

    @Test
    void oneAtATimeOnAllGateways() throws SQLException {
        Caller administrator = people.administrator();
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            Rows.list(other, "SELECT pg_advisory_xact_lock(hashtext('reconcile'))", row -> "");
            assertThatThrownBy(() -> reconcile.now(administrator))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(ErrorCode.CONFLICT));
            reconcile.whenDue();
            other.rollback();
        }
        assertThat(count()).isZero();
        reconcile.now(administrator);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void theNewestAreToldFirstAndOldOnesAreForgotten() {
        kept.keep(made(START.minus(Duration.ofDays(90)).minusMillis(1), Duration.ZERO, 0), null);
        kept.keep(made(START.minus(Duration.ofDays(90)), Duration.ofMillis(7), 0), null);
        kept.keep(made(START.minusSeconds(1), Duration.ofMillis(8), 2), null);
        kept.keep(made(START, Duration.ofMillis(9), 5), null);

        assertThat(kept.newest(100))
                .extracting(Reconciliation::took)
                .containsExactly(Duration.ofMillis(9), Duration.ofMillis(8), Duration.ofMillis(7));
        assertThat(kept.newest(2)).extracting(Reconciliation::differences).containsExactly(6L, 3L);
        Reconciliation last = kept.last().orElseThrow();
        assertThat(last.endedAt()).isEqualTo(START.plusMillis(9));
        assertThat(last.findings())
                .containsExactlyInAnyOrderElementsOf(
                        made(START, Duration.ZERO, 5).findings());
    }

    @Test
    void aRuleOfAnotherReleaseIsLeftOut() {
        kept.keep(made(START, Duration.ZERO, 0), null);
        sql.update("INSERT INTO reconciliation_finding (reconciliation_id, rule, differences, took_ms)"
                + " SELECT id, 'GONE', 7, 1 FROM reconciliation");

        assertThat(kept.last().orElseThrow().differences()).isEqualTo(1);
    }

    @Test
    void whatIsNotFoldedYetIsCounted() throws SQLException {
        fold.fold();
        assertThat(kept.unfolded()).isZero();
        long caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(1));
        charges.charge(caller, null, caller, "x/a", 1, 1);
        assertThat(kept.unfolded()).isEqualTo(1);
        fold.fold();
        assertThat(kept.unfolded()).isZero();
    }
}
