-- What charges and free calls add up to, day (UTC) by day: reports read these sums, never millions of charges.
--
-- Each statement that writes charges adds its own sums to charge_delta in the same transaction; fold_charges() moves what
-- is committed there into the roll-ups. Nobody asks how far it got: what commits late is in charge_delta until it is
-- folded, and roll-up and delta together equal the charges in every snapshot (rule R1 of ./algomat verify).

-- What was called and where it ran. Names are those that stood in the charge, so that old reports read as they did.
CREATE TABLE charge_subject (
    id           int    GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    publisher_id bigint NOT NULL,
    version_id   bigint NOT NULL,
    algorithm    text   NOT NULL,
    version      text   NOT NULL,
    device       text   NOT NULL,
    UNIQUE (version_id, device, publisher_id, algorithm, version)
);

-- The columns that all of them have; only a pattern.
CREATE TABLE charge_delta_shape (
    calls     bigint NOT NULL,
    -- Calls that cost nothing, from the call log.
    failed    bigint NOT NULL,
    cancelled bigint NOT NULL,
    billed_ms bigint NOT NULL,
    -- Micro-credits.
    royalty   bigint NOT NULL,
    fee       bigint NOT NULL,
    compute   bigint NOT NULL,
    promo     bigint NOT NULL
);

-- Appended to by whoever writes charges, so that nobody waits for a row that others add to.
CREATE TABLE charge_delta (
    day          date   NOT NULL,
    publisher_id bigint NOT NULL,
    version_id   bigint NOT NULL,
    algorithm    text   NOT NULL,
    version      text   NOT NULL,
    device       text   NOT NULL,
    caller_id    bigint NOT NULL,
    key_id       bigint,
    LIKE charge_delta_shape
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

-- The finest sums, and two coarser ones for reports over all of the site.
CREATE TABLE charge_day (
    day        date   NOT NULL,
    subject_id int    NOT NULL REFERENCES charge_subject,
    caller_id  bigint NOT NULL,
    key_id     bigint,
    LIKE charge_delta_shape,
    UNIQUE NULLS NOT DISTINCT (caller_id, day, subject_id, key_id)
) WITH (fillfactor = 80);
CREATE INDEX charge_day_subject ON charge_day (subject_id, day);

CREATE TABLE charge_day_subject_sum (
    day        date NOT NULL,
    subject_id int  NOT NULL REFERENCES charge_subject,
    LIKE charge_delta_shape,
    PRIMARY KEY (day, subject_id)
) WITH (fillfactor = 50);

CREATE TABLE charge_day_caller_sum (
    day       date   NOT NULL,
    caller_id bigint NOT NULL,
    key_id    bigint,
    LIKE charge_delta_shape,
    UNIQUE NULLS NOT DISTINCT (day, caller_id, key_id)
) WITH (fillfactor = 80);

DROP TABLE charge_delta_shape;

-- What reports read: roll-up and delta as one, with the names of charge's columns.
CREATE VIEW charge_sum AS
SELECT d.day, s.publisher_id, s.version_id, s.algorithm, s.version, s.device, d.caller_id, d.key_id,
       d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo
FROM charge_day d JOIN charge_subject s ON s.id = d.subject_id
UNION ALL
SELECT day, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
       calls, failed, cancelled, billed_ms, royalty, fee, compute, promo
FROM charge_delta;

CREATE VIEW charge_sum_by_subject AS
SELECT d.day, s.publisher_id, s.version_id, s.algorithm, s.version, s.device,
       d.calls, d.failed, d.cancelled, d.billed_ms, d.royalty, d.fee, d.compute, d.promo
FROM charge_day_subject_sum d JOIN charge_subject s ON s.id = d.subject_id
UNION ALL
SELECT day, publisher_id, version_id, algorithm, version, device,
       calls, failed, cancelled, billed_ms, royalty, fee, compute, promo
FROM charge_delta;

CREATE VIEW charge_sum_by_caller AS
SELECT day, caller_id, key_id, calls, failed, cancelled, billed_ms, royalty, fee, compute, promo
FROM charge_day_caller_sum
UNION ALL
SELECT day, caller_id, key_id, calls, failed, cancelled, billed_ms, royalty, fee, compute, promo
FROM charge_delta;

CREATE FUNCTION count_charges() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
    SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
           count(*), 0, 0, sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo)
    FROM fresh GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
    RETURN NULL;
END $$;
CREATE TRIGGER charge_counted AFTER INSERT ON charge
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION count_charges();

-- Calls that cost nothing have no charge; the call log tells of them.
CREATE FUNCTION count_free_call() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
                              calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
    VALUES ((NEW.started_at AT TIME ZONE 'UTC')::date, NEW.publisher_id, NEW.version_id, NEW.algorithm, NEW.version,
            NEW.device, NEW.caller_id, NEW.key_id, 0, (NEW.outcome = 'failed')::int, (NEW.outcome = 'cancelled')::int,
            0, 0, 0, 0, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER call_log_counted AFTER INSERT ON call_log
    FOR EACH ROW WHEN (NEW.outcome IN ('failed', 'cancelled')) EXECUTE FUNCTION count_free_call();

-- Moves what is committed from charge_delta to the roll-ups, and says how many rows that were. One at a time: two that
-- change the same sums in different orders would wait for each other in a circle.
CREATE FUNCTION fold_charges() RETURNS bigint
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
            compute = d.compute + excluded.compute, promo = d.promo + excluded.promo)
    SELECT count(*) INTO folded FROM taken;
    RETURN folded;
END $$;
REVOKE EXECUTE ON FUNCTION fold_charges() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fold_charges() TO ${app};
-- The application reads the sums; only the triggers and the folding write them.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE
    ON charge_delta, charge_subject, charge_day, charge_day_subject_sum, charge_day_caller_sum FROM ${app};

-- What was charged before; the triggers above keep other writers out until this is committed.
INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
                          calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
SELECT (charged_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
       count(*), 0, 0, sum(billed_ms), sum(royalty), sum(fee), sum(compute), sum(promo)
FROM charge GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
INSERT INTO charge_delta (day, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
                          calls, failed, cancelled, billed_ms, royalty, fee, compute, promo)
SELECT (started_at AT TIME ZONE 'UTC')::date, publisher_id, version_id, algorithm, version, device, caller_id, key_id,
       0, count(*) FILTER (WHERE outcome = 'failed'), count(*) FILTER (WHERE outcome = 'cancelled'), 0, 0, 0, 0, 0
FROM call_log WHERE outcome IN ('failed', 'cancelled') GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
SELECT fold_charges();

-- A publisher's newest calls, for the times that its page shows.
CREATE INDEX call_log_publisher ON call_log (publisher_id, id DESC);
