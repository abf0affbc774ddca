package io.algomat.billing;

/**
 * What must be true of the ledger at all times, each with a query that counts where it is not. The database refuses to
 * break them; {@link VerifyLedger} reads the data as if it had not.
 */
public enum LedgerRule {
    ONCE_PER_CALL(
            "I1",
            "No call is charged twice",
            "SELECT count(*) FROM (SELECT call_id FROM charge GROUP BY call_id HAVING count(*) > 1) twice"),
    ANSWERED_IS_CHARGED(
            "I1",
            "What a call's answer said that it cost is what was charged for it",
            "SELECT count(*) FROM call_log l LEFT JOIN charge c ON c.call_id = l.id"
                    + " WHERE l.outcome = 'succeeded' AND l.cost > 0 AND c.total IS DISTINCT FROM l.cost"),
    FAILED_IS_FREE(
            "I2",
            "No call that failed or was cancelled is charged",
            "SELECT count(*) FROM call_log l JOIN charge c ON c.call_id = l.id"
                    + " WHERE l.outcome IN ('failed', 'cancelled')"),
    FLOOR(
            "I4",
            "No balance is below zero, and nobody owes less than nothing",
            "SELECT count(*) FROM ledger_account"
                    + " WHERE CASE WHEN kind = 'receivable' THEN balance > 0 ELSE balance < 0 END"),
    LEASES_COVERED(
            "I4",
            "What is lent to gateways and what is available are together what each owner has, neither below zero",
            """
            SELECT count(*) FROM (
                SELECT owner_id, sum(granted - spent) AS lent, bool_or(spent NOT BETWEEN 0 AND granted) AS overspent
                FROM credit_lease GROUP BY owner_id) l
            WHERE overspent OR lent > (SELECT coalesce(sum(balance), 0) FROM ledger_account a
                                       WHERE a.owner_id = l.owner_id AND a.kind IN ('promo', 'funded'))
            """),
    SUM_ZERO(
            "I5",
            "The legs of each posting add up to zero",
            "SELECT count(*) FROM (SELECT posting_id FROM leg GROUP BY posting_id HAVING sum(amount) <> 0) uneven"),
    BALANCE_IS_SUM("I6", "Each balance is the sum of its account's legs", """
            SELECT count(*) FROM ledger_account a
            LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM leg GROUP BY account_id) moved ON moved.account_id = a.id
            WHERE a.balance IS NOT NULL AND a.balance <> coalesce(moved.amount, 0)
            """),
    CHARGE_EQUALS_LEGS(
            "I7", "Each charge is what its posting took from the caller and gave to publisher and site", """
            WITH said AS (
                SELECT posting_id, caller_id AS owner_id, 'promo' AS part, -promo AS amount FROM charge
                UNION ALL SELECT posting_id, caller_id, 'funded', promo - total FROM charge
                UNION ALL SELECT posting_id, publisher_id, 'earned', royalty - fee FROM charge
                UNION ALL SELECT posting_id, NULL, 'site_fee', fee FROM charge
                UNION ALL SELECT posting_id, NULL, 'site_compute', compute FROM charge),
            moved AS (
                SELECT l.posting_id, a.owner_id,
                       CASE WHEN a.kind IN ('earnings', 'earnings_unfunded') THEN 'earned' ELSE a.kind END AS part, l.amount
                FROM leg l JOIN posting p ON p.id = l.posting_id AND p.kind = 'charge'
                JOIN ledger_account a ON a.id = l.account_id)
            SELECT count(DISTINCT posting_id) FROM (
                SELECT posting_id FROM (SELECT * FROM said WHERE amount <> 0
                    UNION ALL SELECT posting_id, owner_id, part, -amount FROM moved) both_sides
                GROUP BY posting_id, owner_id, part HAVING sum(amount) <> 0) different
            """),
    WHOLE_POSTINGS(
            "I7",
            "There is no posting without legs",
            "SELECT count(*) FROM posting p WHERE NOT EXISTS (SELECT FROM leg WHERE posting_id = p.id)"),
    LEASE_SPENT_BY_CHARGES("I7", "What a lease has spent is the sum of the charges that it paid", """
            SELECT count(*) FROM credit_lease l LEFT JOIN (
                SELECT gateway_id, epoch, caller_id, sum(total) AS total FROM charge WHERE epoch IS NOT NULL
                GROUP BY gateway_id, epoch, caller_id) c
            ON (c.gateway_id, c.epoch, c.caller_id) = (l.gateway_id, l.epoch, l.owner_id)
            WHERE l.spent <> coalesce(c.total, 0)
            """),
    JOURNAL_SEALED("I8", "The journals' triggers are on, and the application may not change a journal", """
            SELECT (SELECT 16 - count(*) FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal AND tgname IN
                       ('leg_post', 'charge_checked', 'posting_append_only', 'leg_append_only', 'charge_append_only',
                        'ledger_account_kept', 'refund_checked', 'refund_append_only', 'payment_event_append_only', 'payout_checked',
                        'payout_step_append_only', 'invoice_checked', 'period_close_append_only', 'invoice_append_only',
                        'invoice_line_append_only', 'journal_seal_append_only'))
                 + (SELECT count(*) FROM pg_class WHERE oid IN ('posting'::regclass, 'leg'::regclass, 'charge'::regclass,
                                                                'ledger_account'::regclass, 'refund'::regclass,
                                                                'payment_event'::regclass, 'payout_step'::regclass, 'period_close'::regclass, 'invoice'::regclass,
                                                                'invoice_line'::regclass, 'journal_seal'::regclass, 'credit_lease'::regclass)
                      AND NOT pg_has_role(relowner, 'MEMBER')
                      AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')
                           OR has_table_privilege(oid, 'TRUNCATE')))
            """),
    PRICE_OF_VERSION("I9", "Each charge was made at the price that is fixed with its version", """
            SELECT count(*) FROM charge c JOIN version v ON v.id = c.version_id
            WHERE (c.price_royalty, c.rate_per_ms, c.take_bps, c.unit_metric, c.unit_price, c.unit_per, c.unit_most)
                  IS DISTINCT FROM
                  (v.royalty, v.rate_per_ms, v.take_bps, v.unit_metric, v.unit_price, v.unit_per, v.unit_most)
            """),
    WITHIN_HOLD("I10", "No charge is above its hold", "SELECT count(*) FROM charge WHERE royalty + compute > held"),
    PARTS_ADD_UP("I11", "Royalty, fee and compute follow from price, units and time, and no micro-credit is lost", """
            SELECT count(*) FROM charge
            WHERE total <> royalty + compute
               OR royalty <> CASE WHEN royalty_free THEN 0
                                  ELSE price_royalty + coalesce(div(units::numeric * unit_price, unit_per * 1000::numeric), 0)
                             END
               OR NOT units BETWEEN 0 AND unit_most * 1000::numeric
               OR compute <> rate_per_ms::numeric * billed_ms
               OR fee <> floor(royalty::numeric * take_bps / 10000)
               OR promo NOT BETWEEN 0 AND total
            """),
    PAID_OUT_WAS_EARNED("I12", "No more has left an account of earnings than charges brought to it", """
            SELECT count(*) FROM (
                SELECT FROM leg l JOIN ledger_account a ON a.id = l.account_id
                WHERE a.kind IN ('earnings', 'earnings_unfunded') GROUP BY a.id HAVING sum(l.amount) < 0) overdrawn
            """),
    NESTED_WITH_ROOT(
            "I13",
            "Each nested charge has its root's and its parent's charge beside it, of one caller, in one posting",
            """
            SELECT count(*) FROM charge n
            LEFT JOIN charge r ON r.call_id = n.root_call_id AND r.root_call_id IS NULL
            LEFT JOIN charge p ON p.call_id = n.parent_call_id AND coalesce(p.root_call_id, p.call_id) = n.root_call_id
            WHERE n.root_call_id IS NOT NULL
              AND (r.call_id IS NULL OR p.call_id IS NULL OR r.caller_id <> n.caller_id
                   OR r.posting_id <> n.posting_id OR p.posting_id <> n.posting_id)
            """),
    NESTED_WITHIN_HOLD("I13", "No root call's charges together are above what was held for it", """
            SELECT count(*) FROM (
                SELECT FROM charge GROUP BY coalesce(root_call_id, call_id)
                HAVING sum(total) > max(held) FILTER (WHERE root_call_id IS NULL)) above
            """),
    PAYOUT_WAS_MATURE("I12", "No payout was of more than had matured when it was asked for", """
            SELECT count(*) FROM payout p JOIN ledger_account a ON a.owner_id = p.owner_id AND a.kind = 'earnings'
            WHERE (SELECT sum(l.amount) FROM leg l WHERE l.account_id = a.id AND l.posting_id <= p.posting_id)
                < (SELECT coalesce(sum(l.amount), 0) FROM leg l JOIN posting b ON b.id = l.posting_id
                   WHERE l.account_id = a.id AND l.posting_id < p.posting_id AND b.kind = 'charge'
                     AND b.booked_at >= p.matured_before)
                - (SELECT coalesce(sum(r.payable), 0) FROM charge c JOIN refund r USING (call_id)
                   WHERE c.publisher_id = p.owner_id AND c.charged_at >= p.matured_before
                     AND r.posting_id < p.posting_id)
            """),
    PAYOUT_EQUALS_LEGS("I12", "Each payout took its amount from the earnings, and gave it to the bank or back", """
            WITH moved AS (
                SELECT coalesce(p.id, b.source::bigint) AS payout, a.kind, a.owner_id, sum(l.amount) AS amount
                FROM posting b LEFT JOIN payout p ON p.posting_id = b.id JOIN leg l ON l.posting_id = b.id
                JOIN ledger_account a ON a.id = l.account_id
                WHERE b.kind IN ('payout_settled', 'payout_failed') OR b.kind = 'payout' AND p.id IS NOT NULL
                GROUP BY 1, 2, 3),
            said AS (
                SELECT id AS payout, 'earnings' AS kind, owner_id, CASE state WHEN 'failed' THEN 0 ELSE -amount END AS amount
                FROM payout
                UNION ALL SELECT id, 'payout_open', NULL, CASE WHEN state IN ('settled', 'failed') THEN 0 ELSE amount END
                FROM payout
                UNION ALL SELECT id, 'paid_out', NULL, CASE state WHEN 'settled' THEN amount ELSE 0 END FROM payout)
            SELECT (SELECT count(DISTINCT payout) FROM (
                        SELECT payout FROM (SELECT * FROM said UNION ALL
                            SELECT payout, kind, owner_id, -amount FROM moved) both_sides
                        GROUP BY payout, kind, owner_id HAVING sum(amount) <> 0) different)
                 + (SELECT count(*) FROM posting b WHERE kind = 'payout'
                      AND NOT EXISTS (SELECT FROM payout WHERE posting_id = b.id))
            """),
    INVOICES_EQUAL_CHARGES(
            "I16",
            "In each closed month, what a caller's invoice says is what was charged less what was given back",
            """
            SELECT count(*) FROM (
                SELECT period, owner_id FROM (
                    SELECT period, owner_id, total AS amount FROM invoice
                    UNION ALL
                    SELECT p.period, c.caller_id, -c.total FROM period_close p JOIN charge c
                        ON c.charged_at >= p.period::timestamp AT TIME ZONE 'UTC'
                       AND c.charged_at < (p.period + interval '1 month') AT TIME ZONE 'UTC'
                        JOIN owner o ON o.id = c.caller_id AND NOT o.guest
                    UNION ALL
                    SELECT p.period, c.caller_id, r.amount FROM period_close p JOIN refund r
                        ON r.refunded_at >= p.period::timestamp AT TIME ZONE 'UTC'
                       AND r.refunded_at < (p.period + interval '1 month') AT TIME ZONE 'UTC'
                        JOIN charge c USING (call_id) JOIN owner o ON o.id = c.caller_id AND NOT o.guest) both_sides
                GROUP BY period, owner_id HAVING sum(amount) <> 0) different
            """),
    INVOICE_ADDS_UP("I16", "The lines of each invoice add up to its total", """
            SELECT count(*) FROM invoice i
            LEFT JOIN (SELECT no, sum(total) AS total, sum(promo) AS promo FROM invoice_line GROUP BY no) l USING (no)
            WHERE (i.total, i.promo) IS DISTINCT FROM (l.total, l.promo)
            """),
    INVOICE_NUMBERS_GAPLESS("I16", "The numbers of invoices leave none out", """
            SELECT coalesce(max(no), 0) - count(*) + abs((SELECT last FROM invoice_counter) - coalesce(max(no), 0))
            FROM invoice
            """),
    SEALS_HOLD("I17", "The journal is as it was when each month was closed", """
            SELECT (SELECT count(*) FROM (
                        SELECT no, hash, last_posting, lag(no, 1, 0::bigint) OVER chain AS no_before,
                               lag(hash, 1, ''::bytea) OVER chain AS hash_before,
                               lag(last_posting, 1, 0::bigint) OVER chain AS covered
                        FROM journal_seal WINDOW chain AS (ORDER BY no)) seal
                    WHERE no <> no_before + 1 OR hash <> sha256(hash_before || journal_digest(covered, last_posting)))
                 + (SELECT count(*) FROM period_close p WHERE NOT EXISTS (
                        SELECT FROM journal_seal WHERE period = p.period))
            """),
    REFUND_WITHIN_CHARGE("I14", "No more was given back of a charge than was charged, of none of its parts", """
            SELECT count(*) FROM (
                SELECT FROM refund r JOIN charge c USING (call_id) GROUP BY c.call_id, c.promo, c.total, c.compute, c.fee, c.royalty
                HAVING sum(r.promo) > c.promo OR sum(r.funded) > c.total - c.promo OR sum(r.compute) > c.compute
                    OR sum(r.fee) > c.fee OR sum(r.unfunded + r.payable) > c.royalty - c.fee) above
            """),
    REFUND_EQUALS_LEGS(
            "I14", "Each refund is what its posting gave to the caller and took from publisher and site", """
            WITH said AS (
                SELECT r.posting_id, c.caller_id AS owner_id, 'promo' AS part, r.promo AS amount
                FROM refund r JOIN charge c USING (call_id)
                UNION ALL SELECT r.posting_id, c.caller_id, 'funded', r.funded FROM refund r JOIN charge c USING (call_id)
                UNION ALL SELECT r.posting_id, c.publisher_id, 'earned', -r.unfunded - r.payable
                FROM refund r JOIN charge c USING (call_id)
                UNION ALL SELECT posting_id, NULL, 'site_fee', -fee FROM refund
                UNION ALL SELECT posting_id, NULL, 'site_compute', -compute FROM refund),
            moved AS (
                SELECT l.posting_id, a.owner_id,
                       CASE WHEN a.kind IN ('earnings', 'earnings_unfunded', 'receivable') THEN 'earned' ELSE a.kind END AS part, l.amount
                FROM leg l JOIN posting p ON p.id = l.posting_id AND p.kind = 'refund'
                JOIN ledger_account a ON a.id = l.account_id)
            SELECT count(DISTINCT posting_id) FROM (
                SELECT posting_id FROM (SELECT * FROM said UNION ALL
                    SELECT posting_id, owner_id, part, -amount FROM moved) both_sides
                GROUP BY posting_id, owner_id, part HAVING sum(amount) <> 0) different
            """),
    PAYMENT_EQUALS_LEGS(
            "I15", "Each event of a payment provider moved its amount, and no payment was charged back beyond it", """
            SELECT (SELECT count(*) FROM payment_event e
                    LEFT JOIN (SELECT l.posting_id, -l.amount AS amount FROM leg l
                               JOIN ledger_account a ON a.id = l.account_id AND a.kind = 'funding') moved USING (posting_id)
                    WHERE moved.amount IS DISTINCT FROM CASE e.kind WHEN 'payment' THEN e.amount ELSE -e.amount END)
                 + (SELECT count(*) FROM (
                    SELECT FROM payment_event GROUP BY provider, payment
                    HAVING sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END) < 0) beyond)
            """),
    ROLL_UP_EQUALS_CHARGES(
            "R1", "What reports add up from is what was charged and given back", RollUpDifferences.EQUALS_CHARGES),
    ROLL_UP_EQUALS_LABELS(
            "R1", "What reports by label add up from is what was charged with it", RollUpDifferences.EQUALS_LABELS),
    ROLL_UPS_AGREE("R1", "The reports' coarser sums are those of the finest", RollUpDifferences.AGREE);

    private final String id;
    private final String promise;
    private final String differences;

    LedgerRule(String id, String promise, String differences) {
        this.id = id;
        this.promise = promise;
        this.differences = differences;
    }

    /** The invariant's number in docs/billing.md. */
    public String id() {
        return id;
    }

    public String promise() {
        return promise;
    }

    String differences() {
        return differences;
    }
}
