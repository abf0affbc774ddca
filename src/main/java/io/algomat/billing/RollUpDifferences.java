package io.algomat.billing;

/** The statements of the {@link LedgerRule}s about the reports' roll-ups: both sides in one, of which nothing must be left. */
final class RollUpDifferences {
    /** What reports add up from, against charges and refunds themselves. */
    static final String EQUALS_CHARGES = """
            SELECT count(*) FROM (
                SELECT FROM (
                    SELECT day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, unit_metric,
                           calls, billed_ms, royalty, fee, compute, promo, units, refunded, refunded_share FROM charge_sum
                    UNION ALL
                    SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device,
                           caller_id, key_id, unit_metric, -1, -billed_ms, -royalty, -fee, -compute, -promo,
                           -coalesce(units, 0), 0, 0 FROM charge
                    UNION ALL
                    SELECT (refunded_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device,
                           caller_id, key_id, unit_metric, 0, 0, 0, 0, 0, 0, 0, -r.amount, -r.unfunded - r.payable
                    FROM refund r JOIN charge USING (call_id)) both_sides
                GROUP BY day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, unit_metric
                HAVING (sum(calls), sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo), sum(units),
                        sum(refunded), sum(refunded_share)) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)) different
            """;

    /** The same by label. */
    static final String EQUALS_LABELS = """
            SELECT count(*) FROM (
                SELECT FROM (
                    SELECT day, label, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
                           unit_metric, calls, billed_ms, royalty, fee, compute, promo, units, refunded, refunded_share
                    FROM charge_sum_by_label
                    UNION ALL
                    SELECT (charged_at AT TIME ZONE 'UTC')::date, l.key || '=' || l.value, publisher_id, version_id,
                           algorithm, version, device, caller_id, key_id, unit_metric, -1, -billed_ms, -royalty, -fee,
                           -compute, -promo, -coalesce(units, 0), 0, 0
                    FROM charge CROSS JOIN LATERAL jsonb_each_text(labels) l
                    UNION ALL
                    SELECT (refunded_at AT TIME ZONE 'UTC')::date, l.key || '=' || l.value, publisher_id, version_id,
                           algorithm, version, device, caller_id, key_id, unit_metric, 0, 0, 0, 0, 0, 0, 0, -r.amount,
                           -r.unfunded - r.payable
                    FROM refund r JOIN charge USING (call_id) CROSS JOIN LATERAL jsonb_each_text(labels) l) both_sides
                GROUP BY day, label, publisher_id, version_id, algorithm, version, device, caller_id, key_id, unit_metric
                HAVING (sum(calls), sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo), sum(units),
                        sum(refunded), sum(refunded_share)) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)) different
            """;

    /** The coarser sums, against the finest. */
    static final String AGREE = """
            SELECT count(*) FROM (
                SELECT FROM (
                    SELECT day, subject_id, NULL::bigint AS caller_id, NULL::bigint AS key_id, NULL AS unit_metric, 1 AS which,
                           calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, units, refunded, refunded_share
                    FROM charge_day_subject_sum
                    UNION ALL
                    SELECT day, subject_id, NULL, NULL, NULL, 1, -calls, -failed, -cancelled, -billed_ms, -royalty, -fee,
                           -compute, -promo, -units, -refunded, -refunded_share FROM charge_day
                    UNION ALL
                    SELECT day, NULL, caller_id, key_id, unit_metric, 2, calls, failed, cancelled, billed_ms, royalty, fee,
                           compute, promo, units, refunded, refunded_share FROM charge_day_caller_sum
                    UNION ALL
                    SELECT day, NULL, caller_id, key_id, unit_metric, 2, -calls, -failed, -cancelled, -billed_ms, -royalty,
                           -fee, -compute, -promo, -units, -refunded, -refunded_share
                    FROM charge_day JOIN charge_subject s ON s.id = subject_id) both_sides
                GROUP BY day, subject_id, caller_id, key_id, unit_metric, which
                HAVING (sum(calls), sum(failed), sum(cancelled), sum(billed_ms), sum(royalty), sum(fee), sum(compute),
                        sum(promo), sum(units), sum(refunded), sum(refunded_share))
                       <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) different
            """;

    private RollUpDifferences() {}
}
