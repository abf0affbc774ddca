-- What an account, or one of its API keys, may spend or how often it may call, in a day, a month or for ever. The ledger
-- itself keeps to it: whatever a gateway believes, a charge above a limit is refused.
CREATE TABLE spend_limit (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id   bigint      NOT NULL REFERENCES owner,
    -- Null for the whole account.
    key_id     bigint      REFERENCES api_key,
    period     text        NOT NULL CHECK (period IN ('day', 'month', 'total')),
    max_spend  bigint      CHECK (max_spend >= 0),
    max_calls  bigint      CHECK (max_calls >= 0),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(max_spend, max_calls) > 0),
    UNIQUE NULLS NOT DISTINCT (owner_id, key_id, period)
);

-- What was used of a limit in one period. Calls that failed are free and do not count; nested calls count as spend alone.
CREATE TABLE spend_count (
    limit_id     bigint NOT NULL REFERENCES spend_limit ON DELETE CASCADE,
    period_start date   NOT NULL,
    spent        bigint NOT NULL,
    calls        bigint NOT NULL,
    PRIMARY KEY (limit_id, period_start)
);

-- Once for each threshold and period.
CREATE TABLE spend_alert (
    limit_id     bigint      NOT NULL REFERENCES spend_limit ON DELETE CASCADE,
    period_start date        NOT NULL,
    what         text        NOT NULL CHECK (what IN ('spend', 'calls')),
    percent      int         NOT NULL CHECK (percent IN (50, 85, 100)),
    at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (limit_id, period_start, what, percent)
);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON spend_count, spend_alert FROM ${app};
REVOKE INSERT, UPDATE, TRUNCATE ON spend_limit FROM ${app};

-- Days and months are those of UTC.
CREATE FUNCTION spend_period_start(period text, at timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE period WHEN 'day' THEN (at AT TIME ZONE 'UTC')::date
                       WHEN 'month' THEN date_trunc('month', at AT TIME ZONE 'UTC')::date
                       ELSE DATE '1970-01-01' END
$$;

CREATE FUNCTION note_spend_alerts(counted spend_count, max_spend bigint, max_calls bigint) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO spend_alert (limit_id, period_start, what, percent)
    SELECT counted.limit_id, counted.period_start, used.what, threshold.percent
    FROM (VALUES ('spend', counted.spent, max_spend), ('calls', counted.calls, max_calls)) AS used (what, amount, most),
         (VALUES (50), (85), (100)) AS threshold (percent)
    WHERE used.most > 0 AND used.amount::numeric * 100 >= used.most::numeric * threshold.percent
    ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION keep_spend_limits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    used    record;
    counted spend_count;
BEGIN
    FOR used IN
        SELECT l.id, l.max_spend, l.max_calls, spend_period_start(l.period, now()) AS period_start,
               sum(f.total)::bigint AS spent, count(*) FILTER (WHERE f.root_call_id IS NULL) AS calls
        FROM fresh f JOIN spend_limit l ON l.owner_id = f.caller_id AND (l.key_id IS NULL OR l.key_id = f.key_id)
        GROUP BY l.id ORDER BY l.id
    LOOP
        INSERT INTO spend_count AS c (limit_id, period_start, spent, calls)
        VALUES (used.id, used.period_start, used.spent, used.calls)
        ON CONFLICT (limit_id, period_start)
            DO UPDATE SET spent = c.spent + excluded.spent, calls = c.calls + excluded.calls
        RETURNING c.* INTO counted;
        IF used.spent > 0 AND counted.spent > used.max_spend OR used.calls > 0 AND counted.calls > used.max_calls THEN
            RAISE EXCEPTION 'a charge is above the limit % of its caller', used.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'spend_limit_kept';
        END IF;
        PERFORM note_spend_alerts(counted, used.max_spend, used.max_calls);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER charge_within_limits AFTER INSERT ON charge
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION keep_spend_limits();

-- Sets a limit, in the place of one for the same key and period. What was spent in the period before counts. The accounts
-- are locked as charges lock them, so that none comes between the counting and the limit.
CREATE FUNCTION set_spend_limit(for_owner bigint, for_key bigint, for_period text, most_spend bigint, most_calls bigint)
    RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    set_id  bigint;
    start   date := spend_period_start(for_period, now());
    counted spend_count;
BEGIN
    PERFORM FROM ledger_account WHERE owner_id = for_owner AND kind IN ('promo', 'funded') ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO spend_limit AS l (owner_id, key_id, period, max_spend, max_calls)
    VALUES (for_owner, for_key, for_period, most_spend, most_calls)
    ON CONFLICT (owner_id, key_id, period) DO UPDATE
        SET max_spend = excluded.max_spend, max_calls = excluded.max_calls, changed_at = now()
    RETURNING id INTO set_id;
    INSERT INTO spend_count (limit_id, period_start, spent, calls)
    SELECT set_id, start, coalesce(sum(total), 0), count(*) FILTER (WHERE root_call_id IS NULL)
    FROM charge
    WHERE caller_id = for_owner AND (for_key IS NULL OR key_id = for_key) AND charged_at >= start::timestamp AT TIME ZONE 'UTC'
    ON CONFLICT DO NOTHING;
    SELECT * INTO counted FROM spend_count WHERE limit_id = set_id AND period_start = start;
    DELETE FROM spend_alert WHERE limit_id = set_id AND period_start = start;
    PERFORM note_spend_alerts(counted, most_spend, most_calls);
    RETURN set_id;
END $$;
REVOKE EXECUTE ON FUNCTION set_spend_limit(bigint, bigint, text, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION set_spend_limit(bigint, bigint, text, bigint, bigint) TO ${app};
