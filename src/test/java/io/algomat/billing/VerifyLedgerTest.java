package io.algomat.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.algomat.platform.Credits;
import io.algomat.platform.Price;
import io.algomat.platform.Sql;
import io.algomat.testing.Money;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LedgerBeans.class)
class VerifyLedgerTest {
    @ConfigProperty(name = "algomat.db.url")
    String url;

    @ConfigProperty(name = "algomat.db.owner-username")
    String owner;

    @ConfigProperty(name = "algomat.db.owner-password")
    String ownerPassword;

    @Inject
    Billing billing;

    @Inject
    Money money;

    @Inject
    VerifyCommand verify;

    @Inject
    Sql sql;

    @BeforeEach
    void aCharge() {
        long caller = money.ownerWithoutCredit();
        money.fund(caller, Credits.of(10));
        Price price = new Price(Credits.of(2), Credits.micro(1000), 1500);
        billing.capture(billing.hold(Calls.of(caller, money.ownerWithoutCredit(), price, 1000, false)), 10);
    }

    @Test
    void aLedgerThatKeptItsRulesIsFoundClean() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int status = verify.run(new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(LedgerRule.values().length + 1)
                .noneMatch(line -> line.startsWith("FAIL"))
                .last()
                .isEqualTo("The ledger keeps all of its rules.");
        assertThat(status).isZero();
    }

    @Test
    void aDamagedLedgerIsToldAsSuchAndByTheStatus() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sql.update("UPDATE invoice_counter SET last = last + 1");
        try {
            assertThat(verify.run(new PrintStream(out, true, StandardCharsets.UTF_8)))
                    .isEqualTo(1);
        } finally {
            sql.update("UPDATE invoice_counter SET last = last - 1");
        }
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        LedgerRule broken = LedgerRule.INVOICE_NUMBERS_GAPLESS;
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FAIL"))
                .containsExactly("FAIL %-4s %6d  %s".formatted(broken.id(), 1, broken.promise()));
        assertThat(lines.getLast()).startsWith("The ledger is damaged");
    }

    /** Damage as only the database's owner can do it: with the triggers off and the constraints dropped. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ONCE_PER_CALL      | ALTER TABLE charge DROP CONSTRAINT charge_pkey CASCADE; CREATE TEMP TABLE twice AS SELECT * FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge); ALTER TABLE twice DROP COLUMN total; ALTER TABLE charge DISABLE TRIGGER USER; INSERT INTO charge (call_id, posting_id, charged_at, caller_id, key_id, publisher_id, version_id, algorithm, version, device, billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps) SELECT call_id, posting_id, charged_at, caller_id, key_id, publisher_id, version_id, algorithm, version, device, billed_ms, held, royalty, fee, compute, promo, royalty_free, price_royalty, rate_per_ms, take_bps FROM twice; ALTER TABLE charge ENABLE TRIGGER USER
            ANSWERED_IS_CHARGED | INSERT INTO call_log (id, started_at, caller_id, publisher_id, algorithm, version_id, version, front, outcome, worker, device, attempts, queue_us, cold_us, compute_us, total_us, cost, royalty, fee, compute, promo) SELECT call_id, charged_at, caller_id, publisher_id, algorithm, version_id, version, 'v1', 'succeeded', '', device, 1, 0, 0, 0, 0, total + 1, royalty, fee, compute, promo FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            ANSWERED_IS_CHARGED | INSERT INTO call_log (id, started_at, caller_id, publisher_id, algorithm, version_id, version, front, outcome, worker, device, attempts, queue_us, cold_us, compute_us, total_us, cost, royalty, fee, compute, promo) SELECT call_id, charged_at, caller_id, publisher_id, algorithm, version_id, version, 'v1', 'succeeded', '', device, 1, 0, 0, 0, 0, total, royalty, fee, compute, promo FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge); ALTER TABLE charge DISABLE TRIGGER USER; DELETE FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge); ALTER TABLE charge ENABLE TRIGGER USER
            FAILED_IS_FREE     | INSERT INTO call_log (id, started_at, caller_id, publisher_id, algorithm, version_id, version, front, outcome, worker, device, attempts, queue_us, cold_us, compute_us, total_us, cost, royalty, fee, compute, promo) SELECT call_id, charged_at, caller_id, publisher_id, algorithm, version_id, version, 'v1', 'failed', '', device, 1, 0, 0, 0, 0, 0, royalty, fee, compute, promo FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            PAID_OUT_WAS_EARNED | INSERT INTO posting (kind, source) VALUES ('credit_grant', 'planted'); ALTER TABLE leg DISABLE TRIGGER USER; INSERT INTO leg SELECT p.id, a.id, m.amount FROM posting p, (VALUES ('earnings', -9000000), ('funding', 9000000)) AS m (kind, amount) JOIN ledger_account a ON a.kind = m.kind AND (a.owner_id IS NULL OR a.owner_id = (SELECT publisher_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge))) WHERE p.source = 'planted'; ALTER TABLE leg ENABLE TRIGGER USER
            FLOOR              | ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_floor; UPDATE ledger_account SET balance = -1 WHERE id = (SELECT max(id) FROM ledger_account WHERE kind = 'funded')
            LEASES_COVERED     | UPDATE credit_lease SET granted = granted + 1000000000000 WHERE (gateway_id, owner_id) = (SELECT gateway_id, caller_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge))
            LEASES_COVERED     | ALTER TABLE credit_lease DROP CONSTRAINT credit_lease_spent; UPDATE credit_lease SET granted = spent - 1 WHERE (gateway_id, owner_id) = (SELECT gateway_id, caller_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge))
            LEASE_SPENT_BY_CHARGES | UPDATE credit_lease SET spent = spent - 1 WHERE (gateway_id, owner_id) = (SELECT gateway_id, caller_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge))
            JOURNAL_SEALED     | DROP TRIGGER charge_checked ON charge
            SUM_ZERO           | UPDATE leg SET amount = amount + 1 WHERE posting_id = (SELECT max(posting_id) FROM leg) AND amount < 0
            BALANCE_IS_SUM     | UPDATE ledger_account SET balance = balance + 5 WHERE id = (SELECT max(id) FROM ledger_account WHERE kind = 'funded')
            CHARGE_EQUALS_LEGS | UPDATE charge SET promo = promo + 1 WHERE posting_id = (SELECT max(posting_id) FROM charge)
            CHARGE_EQUALS_LEGS | UPDATE charge SET publisher_id = caller_id WHERE posting_id = (SELECT max(posting_id) FROM charge)
            CHARGE_EQUALS_LEGS | DELETE FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            WHOLE_POSTINGS     | INSERT INTO posting (kind, source) VALUES ('credit_grant', 'planted')
            JOURNAL_SEALED     | DROP TRIGGER leg_post ON leg
            WITHIN_HOLD        | ALTER TABLE charge DROP CONSTRAINT charge_within_hold; UPDATE charge SET held = 0 WHERE posting_id = (SELECT max(posting_id) FROM charge)
            NESTED_WITHIN_HOLD | ALTER TABLE charge DROP CONSTRAINT charge_within_hold; UPDATE charge SET held = 0 WHERE posting_id = (SELECT max(posting_id) FROM charge)
            NESTED_WITH_ROOT   | ALTER TABLE charge DROP CONSTRAINT charge_nested_in_another; UPDATE charge SET root_call_id = call_id, parent_call_id = call_id WHERE posting_id = (SELECT max(posting_id) FROM charge)
            ROLL_UP_EQUALS_CHARGES | DELETE FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            ROLL_UP_EQUALS_CHARGES | INSERT INTO charge_delta SELECT day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, 0, 0, 0, 0, 1, 0, -1, 0 FROM charge_sum WHERE caller_id = (SELECT caller_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge))
            ROLL_UP_EQUALS_LABELS | SELECT fold_charges(); INSERT INTO charge_day_label SELECT day, caller_id, 'customer=planted', subject_id, key_id, calls, failed, cancelled, billed_ms, royalty, fee, compute, promo FROM charge_day WHERE caller_id = (SELECT caller_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge))
            ROLL_UPS_AGREE     | SELECT fold_charges(); UPDATE charge_day_caller_sum SET failed = failed + 1 WHERE caller_id = (SELECT max(caller_id) FROM charge_day_caller_sum)
            JOURNAL_SEALED     | ALTER TABLE charge DISABLE TRIGGER charge_checked
            PARTS_ADD_UP       | ALTER TABLE charge DROP CONSTRAINT charge_fee_as_priced; UPDATE charge SET fee = fee + 1 WHERE posting_id = (SELECT max(posting_id) FROM charge)
            PARTS_ADD_UP       | ALTER TABLE charge DROP CONSTRAINT charge_royalty_as_priced; UPDATE charge SET units = 3000, unit_metric = 'pages', unit_price = 1, unit_per = 1, unit_most = 3 WHERE posting_id = (SELECT max(posting_id) FROM charge)
            PAYOUT_WAS_MATURE  | INSERT INTO posting (kind, source) VALUES ('payout', 'planted'); INSERT INTO payout (owner_id, amount, payee, iban, approvals_needed, matured_before, requested_by, posting_id) SELECT publisher_id, 1700000, 'x', 'x', 1, now() - interval '1 hour', publisher_id, (SELECT id FROM posting WHERE source = 'planted') FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge); INSERT INTO leg SELECT p.posting_id, a.id, CASE a.kind WHEN 'earnings' THEN -p.amount ELSE p.amount END FROM payout p JOIN ledger_account a ON a.kind = 'payout_open' OR a.kind = 'earnings' AND a.owner_id = p.owner_id WHERE p.iban = 'x'
            PAYOUT_EQUALS_LEGS | INSERT INTO payout (owner_id, amount, payee, iban, approvals_needed, matured_before, requested_by, posting_id) SELECT publisher_id, 1, 'x', 'x', 1, now(), publisher_id, posting_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            INVOICES_EQUAL_CHARGES | INSERT INTO period_close (period) VALUES ('1970-01-01'); INSERT INTO invoice (no, owner_id, period, owner_name, total, promo) SELECT coalesce(max(no), 0) + 1, (SELECT max(id) FROM owner), '1970-01-01', 'x', 5, 0 FROM invoice
            INVOICE_ADDS_UP    | INSERT INTO period_close (period) VALUES ('1970-01-01'); INSERT INTO invoice (no, owner_id, period, owner_name, total, promo) SELECT coalesce(max(no), 0) + 1, (SELECT max(id) FROM owner), '1970-01-01', 'x', 5, 0 FROM invoice
            INVOICE_NUMBERS_GAPLESS | UPDATE invoice_counter SET last = last + 1
            SEALS_HOLD         | INSERT INTO period_close (period) VALUES ('2999-01-01'); SELECT seal_journal('2999-01-01'); UPDATE posting SET booked_at = booked_at + interval '1 microsecond' WHERE id = (SELECT max(id) FROM posting)
            SEALS_HOLD         | INSERT INTO period_close (period) VALUES ('2999-01-01'); SELECT seal_journal('2999-01-01'); UPDATE leg SET amount = amount + 1 WHERE posting_id = (SELECT max(posting_id) FROM leg)
            SEALS_HOLD         | INSERT INTO period_close (period) VALUES ('2999-01-01')
            REFUND_WITHIN_CHARGE | INSERT INTO posting (kind, source) VALUES ('refund', 'planted'); ALTER TABLE refund DISABLE TRIGGER USER; INSERT INTO refund (posting_id, call_id, promo, funded, compute, fee, unfunded, payable) SELECT (SELECT max(id) FROM posting), call_id, 0, total + 1, total + 1, 0, 0, 0 FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge); ALTER TABLE refund ENABLE TRIGGER USER
            REFUND_EQUALS_LEGS | INSERT INTO posting (kind, source) VALUES ('refund', 'planted'); INSERT INTO refund (posting_id, call_id, promo, funded, compute, fee, unfunded, payable) SELECT (SELECT max(id) FROM posting), call_id, 0, 1, 1, 0, 0, 0 FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            PAYMENT_EQUALS_LEGS | INSERT INTO payment_event (provider, event_id, kind, payment, owner_id, amount, posting_id) SELECT 'planted', 'planted', 'payment', 'planted', caller_id, 5, posting_id FROM charge WHERE posting_id = (SELECT max(posting_id) FROM charge)
            JOURNAL_SEALED     | DROP TRIGGER refund_checked ON refund
            PRICE_OF_VERSION   | INSERT INTO algorithm (owner_id, name, title, tag_line) SELECT max(id), 'planted', '', '' FROM owner; INSERT INTO version (algorithm_id, major, minor, patch, visibility, runtime, task, timeout_ms, memory_bytes, retry_safe, input_schema, output_schema, royalty, rate_per_ms, take_bps, artifact_sha256, artifact_bytes, published_by) SELECT id, 1, 0, 0, 'public', 'djl', 'identity', 1, 1, true, '{}', '{}', 1, 1000, 1500, repeat('0', 64), 0, owner_id FROM algorithm WHERE name = 'planted'; UPDATE charge SET version_id = (SELECT max(id) FROM version) WHERE posting_id = (SELECT max(posting_id) FROM charge)
            """)
    void plantedDamageIsFoundAndCounted(LedgerRule broken, String damage) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, owner, ownerPassword);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String journal : List.of("posting", "leg", "charge", "refund", "payment_event")) {
                statement.execute("ALTER TABLE " + journal + " DISABLE TRIGGER " + journal + "_append_only");
            }
            statement.execute(damage);
            for (String journal : List.of("posting", "leg", "charge", "refund", "payment_event")) {
                statement.execute("ALTER TABLE " + journal + " ENABLE TRIGGER " + journal + "_append_only");
            }

            List<VerifyLedger.Finding> findings = VerifyLedger.verify(connection);

            assertThat(findings).contains(new VerifyLedger.Finding(broken, 1));
            connection.rollback();
        }
    }
}
