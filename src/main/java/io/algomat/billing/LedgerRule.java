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
    FLOOR("I4", "No balance is below zero", "SELECT count(*) FROM ledger_account WHERE balance < 0"),
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
            SELECT (SELECT 6 - count(*) FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal AND tgname IN
                       ('leg_post', 'charge_checked', 'posting_append_only', 'leg_append_only', 'charge_append_only',
                        'charge_nested_checked'))
                 + (SELECT count(*) FROM pg_class WHERE oid IN ('posting'::regclass, 'leg'::regclass, 'charge'::regclass,
                                                                'ledger_account'::regclass, 'credit_lease'::regclass)
                      AND NOT pg_has_role(relowner, 'MEMBER')
                      AND (has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')
                           OR has_table_privilege(oid, 'TRUNCATE')))
            """),
    PRICE_OF_VERSION("I9", "Each charge was made at the price that is fixed with its version", """
            SELECT count(*) FROM charge c JOIN version v ON v.id = c.version_id
            WHERE (c.price_royalty, c.rate_per_ms, c.take_bps) IS DISTINCT FROM (v.royalty, v.rate_per_ms, v.take_bps)
            """),
    WITHIN_HOLD("I10", "No charge is above its hold", "SELECT count(*) FROM charge WHERE royalty + compute > held"),
    PARTS_ADD_UP("I11", "Royalty, fee and compute follow from price and time, and no micro-credit is lost", """
            SELECT count(*) FROM charge
            WHERE total <> royalty + compute
               OR royalty <> CASE WHEN royalty_free THEN 0 ELSE price_royalty END
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
            """);

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
