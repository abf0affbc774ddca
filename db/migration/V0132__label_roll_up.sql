-- What calls with a label add up to: a call with several labels counts for each of them. As the other roll-ups, fed by
-- charge_delta.
-- In the order in which a charge takes them, so that neither waits for the other.
LOCK TABLE charge, call_log IN SHARE ROW EXCLUSIVE MODE;
ALTER TABLE charge_delta ADD COLUMN labels jsonb NOT NULL DEFAULT '{}';

CREATE TABLE charge_day_label (
    day        date   NOT NULL,
    caller_id  bigint NOT NULL,
    -- As callers write it: customer=acme.
    label      text   NOT NULL,
    subject_id int    NOT NULL REFERENCES charge_subject,
    key_id     bigint,
    calls      bigint NOT NULL,
    failed     bigint NOT NULL,
    cancelled  bigint NOT NULL,
    billed_ms  bigint NOT NULL,
    royalty    bigint NOT NULL,
    fee        bigint NOT NULL,
    compute    bigint NOT NULL,
    promo      bigint NOT NULL,
    UNIQUE NULLS NOT DISTINCT (caller_id, day, label, subject_id, key_id)
) WITH (fillfactor = 80);
CREATE INDEX charge_day_label_day ON charge_day_label (day);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON charge_day_label FROM ${app};

CREATE VIEW charge_sum_by_label AS
SELECT d.day, s.publisher_id, s.version_id, s.algorithm, s.version, s.device, d.caller_id, d.key_id, d.label,
       d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo
FROM charge_day_label d JOIN charge_subject s ON s.id = d.subject_id
UNION ALL
SELECT d.day, d.publisher_id, d.version_id, d.algorithm, d.version, d.device, d.caller_id, d.key_id,
       l.key || '=' || l.value, d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo
FROM charge_delta d CROSS JOIN LATERAL jsonb_each_text(d.labels) l;

CREATE OR REPLACE FUNCTION count_charges() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
    SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
           labels, count(*), 0, 0, sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo)
    FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION count_free_call() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id, labels,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
    VALUES ((NEW.started_at AT TIME ZONE 'UTC')::date, NEW.publisher_id, NEW.version_id, NEW.algorithm, NEW.version,
            NEW.device, NEW.caller_id, NEW.key_id, NEW.labels, 0, (NEW.outcome = 'failed')::int,
            (NEW.outcome = 'cancelled')::int, 0, 0, 0, 0, 0);
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
        INSERT INTO charge_subject AS s (publisher_id, version_id, algorithm, version, device)
        SELECT DISTINCT publisher_id, version_id, algorithm, version, device FROM taken
        EXCEPT SELECT publisher_id, version_id, algorithm, version, device FROM charge_subject
        RETURNING s.*),
    subject AS (SELECT * FROM fresh UNION ALL SELECT * FROM charge_subject),
    summed AS (
        SELECT t.day, s.id AS subject_id, t.caller_id, t.key_id, sum(calls) AS calls, sum(failed) AS failed,
               sum(cancelled) AS cancelled, sum(billed_ms) AS billed_ms, sum(royalty) AS royalty, sum(fee) AS fee,
               sum(compute) AS compute, sum(promo) AS promo
        FROM taken t JOIN subject s USING (publisher_id, version_id, algorithm, version, device)
        GROUP BY 1, 2, 3, 4),
    finest AS (
        INSERT INTO charge_day AS d (day, subject_id, caller_id, key_id,
                                     calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
        SELECT * FROM summed
        ON CONFLICT (caller_id, day, subject_id, key_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo),
    by_subject AS (
        INSERT INTO charge_day_subject_sum AS d (day, subject_id,
                                                 calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
        SELECT day, subject_id, sum(calls), sum(failed), sum(cancelled), sum(billed_ms), sum(royalty), sum(fee),
               sum(compute), sum(promo)
        FROM summed GROUP BY 1, 2
        ON CONFLICT (day, subject_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo),
    by_caller AS (
        INSERT INTO charge_day_caller_sum AS d (day, caller_id, key_id,
                                                calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
        SELECT day, caller_id, key_id, sum(calls), sum(failed), sum(cancelled), sum(billed_ms), sum(royalty), sum(fee),
               sum(compute), sum(promo)
        FROM summed GROUP BY 1, 2, 3
        ON CONFLICT (day, caller_id, key_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo),
    by_label AS (
        INSERT INTO charge_day_label AS d (day, caller_id, label, subject_id, key_id,
                                           calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
        SELECT t.day, t.caller_id, l.key || '=' || l.value, s.id, t.key_id, sum(calls), sum(failed), sum(cancelled),
               sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo)
        FROM taken t JOIN subject s USING (publisher_id, version_id, algorithm, version, device)
        CROSS JOIN LATERAL jsonb_each_text(t.labels) l
        GROUP BY 1, 2, 3, 4, 5
        ON CONFLICT (caller_id, day, label, subject_id, key_id) DO UPDATE SET
            calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
            cancelled = d.cancelled + excluded.cancelled, billed_ms = d.billed_ms + excluded.billed_ms,
            royalty = d.royalty + excluded.royalty, fee = d.fee + excluded.fee,
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo)
    SELECT count(*) INTO folded FROM taken;
    RETURN folded;
END $$;

-- What was charged with labels before. What waits in charge_delta has none there, and so is not counted twice.
SELECT pg_advisory_xact_lock(hashtext('fold_charges'));
SELECT fold_charges();
INSERT INTO charge_day_label (day, caller_id, label, subject_id, key_id,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
SELECT day, caller_id, label, s.id, key_id, sum(calls), sum(failed), sum(cancelled), sum(billed_ms), sum(royalty),
       sum(fee), sum(compute), sum(promo)
FROM (
    SELECT (charged_at AT TIME ZONE 'UTC')::date AS day, caller_id, l.key || '=' || l.value AS label, publisher_id,
           version_id, algorithm, version, device, key_id, 1 AS calls, 0 AS failed, 0 AS cancelled, billed_ms, royalty, fee,
           compute, promo
    FROM charge CROSS JOIN LATERAL jsonb_each_text(labels) l
    UNION ALL
    SELECT (started_at AT TIME ZONE 'UTC')::date, caller_id, l.key || '=' || l.value, publisher_id, version_id, algorithm,
           version, device, key_id, 0, (outcome = 'failed')::int, (outcome = 'cancelled')::int, 0, 0, 0, 0, 0
    FROM call_log CROSS JOIN LATERAL jsonb_each_text(labels) l WHERE outcome IN ('failed', 'cancelled')) labelled
JOIN charge_subject s USING (publisher_id, version_id, algorithm, version, device)
GROUP BY 1, 2, 3, 4, 5;
