-- Reports tell also what was given back, on the day on which it was, and what was counted by the unit. As all sums of
-- theirs, both come by charge_delta: refunds by the statement that writes them, units with their charges.
LOCK TABLE charge, refund, call_log IN SHARE ROW EXCLUSIVE MODE;
SELECT pg_advisory_xact_lock(hashtext('fold_charges'));

-- A version has one metric at most, but free calls tell of none: they have a subject of their own.
ALTER TABLE charge_subject
    ADD COLUMN unit_metric text,
    DROP CONSTRAINT charge_subject_version_id_device_publisher_id_algorithm_ver_key,
    ADD UNIQUE NULLS NOT DISTINCT (version_id, device, publisher_id, algorithm, version, unit_metric);
ALTER TABLE charge_day_caller_sum
    ADD COLUMN unit_metric text,
    DROP CONSTRAINT charge_day_caller_sum_day_caller_id_key_id_key,
    ADD UNIQUE NULLS NOT DISTINCT (day, caller_id, key_id, unit_metric);
ALTER TABLE charge_delta ADD COLUMN unit_metric text;

-- Units in thousandths; micro-credits that callers got back, and what of these was taken from publishers.
ALTER TABLE charge_delta
    ADD COLUMN units bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded_share bigint NOT NULL DEFAULT 0;
ALTER TABLE charge_day
    ADD COLUMN units bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded_share bigint NOT NULL DEFAULT 0;
ALTER TABLE charge_day_subject_sum
    ADD COLUMN units bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded_share bigint NOT NULL DEFAULT 0;
ALTER TABLE charge_day_caller_sum
    ADD COLUMN units bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded_share bigint NOT NULL DEFAULT 0;
ALTER TABLE charge_day_label
    ADD COLUMN units bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded bigint NOT NULL DEFAULT 0,
    ADD COLUMN refunded_share bigint NOT NULL DEFAULT 0;

-- How many called an algorithm is counted from this index alone.
CREATE INDEX charge_day_callers ON charge_day (subject_id, day, caller_id);
DROP INDEX charge_day_subject;

CREATE OR REPLACE VIEW charge_sum AS
SELECT d.day, s.publisher_id, s.version_id, s.algorithm, s.version, s.device, d.caller_id, d.key_id,
       d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo,
       s.unit_metric, d.units, d.refunded, d.refunded_share
FROM charge_day d JOIN charge_subject s ON s.id = d.subject_id
UNION ALL
SELECT day, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
       calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, unit_metric, units, refunded, refunded_share
FROM charge_delta;

CREATE OR REPLACE VIEW charge_sum_by_subject AS
SELECT d.day, s.publisher_id, s.version_id, s.algorithm, s.version, s.device,
       d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo,
       s.unit_metric, d.units, d.refunded, d.refunded_share
FROM charge_day_subject_sum d JOIN charge_subject s ON s.id = d.subject_id
UNION ALL
SELECT day, publisher_id, version_id, algorithm, version, device,
       calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, unit_metric, units, refunded, refunded_share
FROM charge_delta;

CREATE OR REPLACE VIEW charge_sum_by_caller AS
SELECT day, caller_id, key_id, calls, failed, cancelled, billed_ms, royalty, fee, compute, promo,
       unit_metric, units, refunded, refunded_share
FROM charge_day_caller_sum
UNION ALL
SELECT day, caller_id, key_id, calls, failed, cancelled, billed_ms, royalty, fee, compute, promo,
       unit_metric, units, refunded, refunded_share
FROM charge_delta;

CREATE OR REPLACE VIEW charge_sum_by_label AS
SELECT d.day, s.publisher_id, s.version_id, s.algorithm, s.version, s.device, d.caller_id, d.key_id, d.label,
       d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo,
       s.unit_metric, d.units, d.refunded, d.refunded_share
FROM charge_day_label d JOIN charge_subject s ON s.id = d.subject_id
UNION ALL
SELECT d.day, d.publisher_id, d.version_id, d.algorithm, d.version, d.device, d.caller_id, d.key_id,
       l.key || '=' || l.value, d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo,
       d.unit_metric, d.units, d.refunded, d.refunded_share
FROM charge_delta d CROSS JOIN LATERAL jsonb_each_text(d.labels) l;

-- As before, and units.
CREATE OR REPLACE FUNCTION check_charges() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    facts record;
BEGIN
    SELECT bool_or(f.root_call_id IS NOT NULL) AS nested, bool_or(f.voided IS NOT NULL) AS voided,
           bool_or(f.limited IS NOT NULL) AS limited,
           array_agg(DISTINCT f.posting_id) FILTER (WHERE f.posting_id IS NOT NULL) AS postings
        INTO facts
        FROM (SELECT root_call_id, posting_id,
                     (SELECT v.call_id FROM voided_call v WHERE v.call_id = c.call_id) AS voided,
                     (SELECT l.id FROM spend_limit l WHERE l.owner_id = c.caller_id LIMIT 1) AS limited
              FROM fresh c) f;
    IF facts.postings IS NOT NULL AND EXISTS (
        WITH charged AS (
            SELECT posting_id, sum(promo) AS promo, sum(total - promo) AS funded, sum(fee) AS fee,
                   sum(compute) AS compute, sum(royalty - fee) AS earned
            FROM charge WHERE posting_id = ANY (facts.postings) GROUP BY posting_id),
        moved AS (
            SELECT l.posting_id,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'promo'), 0) AS promo,
                   coalesce(sum(-l.amount) FILTER (WHERE a.kind = 'funded'), 0) AS funded,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_fee'), 0) AS fee,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind = 'site_compute'), 0) AS compute,
                   coalesce(sum(l.amount) FILTER (WHERE a.kind IN ('earnings', 'earnings_unfunded')), 0) AS earned
            FROM leg l JOIN ledger_account a ON a.id = l.account_id
            WHERE l.posting_id = ANY (facts.postings) GROUP BY l.posting_id)
        SELECT FROM charged c LEFT JOIN moved m USING (posting_id)
        WHERE (c.promo, c.funded, c.fee, c.compute, c.earned)
              IS DISTINCT FROM (m.promo, m.funded, m.fee, m.compute, m.earned)) THEN
        RAISE EXCEPTION 'a charge differs from the legs of its posting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_equals_legs';
    END IF;
    IF facts.nested THEN
        IF EXISTS (SELECT FROM fresh n LEFT JOIN fresh r ON r.call_id = n.root_call_id AND r.root_call_id IS NULL
                   LEFT JOIN fresh p ON p.call_id = n.parent_call_id
                                    AND coalesce(p.root_call_id, p.call_id) = n.root_call_id
                   WHERE n.root_call_id IS NOT NULL
                     AND (r.call_id IS NULL OR p.call_id IS NULL
                          OR (r.caller_id, r.key_id) IS DISTINCT FROM (n.caller_id, n.key_id))) THEN
            RAISE EXCEPTION 'a nested charge comes with the charges of its root and parent, of the same caller'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_nested_with_root';
        END IF;
        IF EXISTS (SELECT FROM fresh GROUP BY coalesce(root_call_id, call_id)
                   HAVING sum(total) > max(held) FILTER (WHERE root_call_id IS NULL)
                       OR count(DISTINCT posting_id) > 1) THEN
            RAISE EXCEPTION 'the charges of a root call are above its hold, or in several postings'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_nested_within_hold';
        END IF;
    END IF;
    IF facts.voided THEN
        RAISE EXCEPTION 'the call was given up, and runs again under another id'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_not_voided';
    END IF;
    IF facts.limited THEN
        FOR facts IN
            SELECT l.id, l.max_spend, l.max_calls, spend_period_start(l.period, now()) AS period_start,
                   sum(f.total)::bigint AS spent, count(*) FILTER (WHERE f.root_call_id IS NULL) AS calls
            FROM fresh f JOIN spend_limit l ON l.owner_id = f.caller_id AND (l.key_id IS NULL OR l.key_id = f.key_id)
            GROUP BY l.id ORDER BY l.id
        LOOP
            PERFORM keep_spend_limit(facts.id, facts.period_start, facts.spent, facts.calls, facts.max_spend,
                                     facts.max_calls);
        END LOOP;
    END IF;
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels, unit_metric,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, units)
    SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
           labels, unit_metric, count(*), 0, 0, sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo),
           coalesce(sum(units), 0)
    FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
    RETURN NULL;
END $$;

-- No part of a charge is given back twice, whoever tries at the same time; what is given back is counted for the reports.
CREATE OR REPLACE FUNCTION refunds_within_charge() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM FROM charge WHERE call_id IN (SELECT call_id FROM fresh) ORDER BY call_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM refund r JOIN charge c USING (call_id) WHERE call_id IN (SELECT call_id FROM fresh)
        GROUP BY c.call_id, c.promo, c.total, c.compute, c.fee, c.royalty
        HAVING sum(r.promo) > c.promo OR sum(r.funded) > c.total - c.promo OR sum(r.compute) > c.compute
            OR sum(r.fee) > c.fee OR sum(r.unfunded + r.payable) > c.royalty - c.fee) THEN
        RAISE EXCEPTION 'more is refunded than was charged'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_charge';
    END IF;
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels, unit_metric,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, refunded, refunded_share)
    SELECT (r.refunded_at AT TIME ZONE 'UTC')::date, c.publisher_id, c.version_id, c.algorithm, c.version, c.device,
           c.caller_id, c.key_id, c.labels, c.unit_metric, 0, 0, 0, 0, 0, 0, 0, 0, sum(r.amount), sum(r.unfunded + r.payable)
    FROM fresh r JOIN charge c USING (call_id) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fold_charges() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    folded bigint;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('fold_charges')) THEN
        RETURN 0;
    END IF;
    WITH taken AS (DELETE FROM charge_delta RETURNING *),
    fresh AS (
        INSERT INTO charge_subject AS s (publisher_id, version_id, algorithm, version, device, unit_metric)
        SELECT DISTINCT publisher_id, version_id, algorithm, version, device, unit_metric FROM taken
        EXCEPT SELECT publisher_id, version_id, algorithm, version, device, unit_metric FROM charge_subject
        RETURNING s.*),
    subject AS (SELECT * FROM fresh UNION ALL SELECT * FROM charge_subject),
    named AS (
        SELECT t.*, s.id AS subject_id FROM taken t JOIN subject s USING (publisher_id, version_id, algorithm, version, device)
        WHERE s.unit_metric IS NOT DISTINCT FROM t.unit_metric),
    summed AS (
        SELECT day, subject_id, caller_id, key_id, unit_metric, sum(calls) AS calls, sum(failed) AS failed,
               sum(cancelled) AS cancelled, sum(billed_ms) AS billed_ms, sum(royalty) AS royalty, sum(fee) AS fee,
               sum(compute) AS compute, sum(promo) AS promo, sum(units) AS units, sum(refunded) AS refunded,
               sum(refunded_share) AS refunded_share
        FROM named GROUP BY 1, 2, 3, 4, 5),
    finest AS (
        INSERT INTO charge_day AS d (day, subject_id, caller_id, key_id,
                                     calls, failed, cancelled, billed_ms, royalty, fee, compute, promo,
            units, refunded, refunded_share)
        SELECT day, subject_id, caller_id, key_id, calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, units,
               refunded, refunded_share
        FROM summed
        ON CONFLICT (caller_id, day, subject_id, key_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo,
            units = d.units + excluded.units, refunded = d.refunded + excluded.refunded,
            refunded_share = d.refunded_share + excluded.refunded_share),
    by_subject AS (
        INSERT INTO charge_day_subject_sum AS d (day, subject_id,
                                                 calls, failed, cancelled, billed_ms, royalty, fee, compute, promo,
            units, refunded, refunded_share)
        SELECT day, subject_id, sum(calls), sum(failed), sum(cancelled), sum(billed_ms), sum(royalty), sum(fee),
               sum(compute), sum(promo), sum(units), sum(refunded),
               sum(refunded_share)
        FROM summed GROUP BY 1, 2
        ON CONFLICT (day, subject_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo,
            units = d.units + excluded.units, refunded = d.refunded + excluded.refunded,
            refunded_share = d.refunded_share + excluded.refunded_share),
    by_caller AS (
        INSERT INTO charge_day_caller_sum AS d (day, caller_id, key_id, unit_metric,
                                                calls, failed, cancelled, billed_ms, royalty, fee, compute, promo,
            units, refunded, refunded_share)
        SELECT day, caller_id, key_id, unit_metric, sum(calls), sum(failed), sum(cancelled), sum(billed_ms), sum(royalty), sum(fee),
               sum(compute), sum(promo), sum(units), sum(refunded),
               sum(refunded_share)
        FROM summed GROUP BY 1, 2, 3, 4
        ON CONFLICT (day, caller_id, key_id, unit_metric) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo,
            units = d.units + excluded.units, refunded = d.refunded + excluded.refunded,
            refunded_share = d.refunded_share + excluded.refunded_share),
    by_label AS (
        INSERT INTO charge_day_label AS d (day, caller_id, label, subject_id, key_id,
                                           calls, failed, cancelled, billed_ms, royalty, fee, compute, promo,
            units, refunded, refunded_share)
        SELECT t.day, t.caller_id, l.key || '=' || l.value, t.subject_id, t.key_id, sum(calls), sum(failed), sum(cancelled),
               sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo), sum(units), sum(refunded),
               sum(refunded_share)
        FROM named t CROSS JOIN LATERAL jsonb_each_text(t.labels) l
        GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (caller_id, day, label, subject_id, key_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo,
            units = d.units + excluded.units, refunded = d.refunded + excluded.refunded,
            refunded_share = d.refunded_share + excluded.refunded_share)
    SELECT count(*) INTO folded FROM taken;
    RETURN folded;
END $$;

-- What was given back and counted before. Charges by the unit move from the subject without a metric to theirs.
INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels, unit_metric,
                         calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, refunded, refunded_share)
SELECT (r.refunded_at AT TIME ZONE 'UTC')::date, c.publisher_id, c.version_id, c.algorithm, c.version, c.device,
       c.caller_id, c.key_id, c.labels, c.unit_metric, 0, 0, 0, 0, 0, 0, 0, 0, sum(r.amount), sum(r.unfunded + r.payable)
FROM refund r JOIN charge c USING (call_id) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels, unit_metric,
                          calls, failed, cancelled, billed_ms, royalty, fee, compute, promo, units)
SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels,
       CASE WHEN side.sign > 0 THEN unit_metric END, side.sign * count(*), 0, 0, side.sign * sum(billed_ms),
       side.sign * sum(royalty), side.sign * sum(fee), side.sign * sum(compute), side.sign * sum(promo),
       CASE WHEN side.sign > 0 THEN sum(units) ELSE 0 END
FROM charge, (VALUES (1), (-1)) AS side (sign) WHERE unit_metric IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, side.sign, unit_metric;
SELECT fold_charges();
