-- Each closing of a month seals the journal as it then is: a digest of all postings and legs since the seal before, chained
-- to that seal. Whoever changes an old posting afterwards, with whatever rights, breaks the chain; who keeps the newest seal
-- elsewhere can tell that the whole chain was not made anew.

CREATE TABLE journal_seal (
    no           bigint      PRIMARY KEY CHECK (no > 0),
    period       date        NOT NULL UNIQUE REFERENCES period_close,
    sealed_at    timestamptz NOT NULL DEFAULT now(),
    -- The last posting that it covers: the first one is that after the last of the seal before.
    last_posting bigint      NOT NULL CHECK (last_posting >= 0),
    hash         bytea       NOT NULL CHECK (length(hash) = 32)
);

-- SHA-256 over the postings after the first id, to the last one with it, each leg a line; by ten thousands, so that no text
-- grows beyond what the database can hold.
CREATE FUNCTION journal_digest(after bigint, last bigint) RETURNS bytea
    LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
    SELECT sha256(coalesce(string_agg(hash, ''::bytea ORDER BY part), ''::bytea))
    FROM (
        SELECT p.id / 10000 AS part, sha256(convert_to(string_agg(
                   concat_ws('|', p.id, p.kind, p.booked_at, l.account_id, l.amount, p.source), E'\n'
                   ORDER BY p.id, l.account_id), 'UTF8')) AS hash
        FROM posting p LEFT JOIN leg l ON l.posting_id = p.id
        WHERE p.id > after AND p.id <= last
        GROUP BY p.id / 10000) parts
$$;

CREATE FUNCTION seal_journal(month date) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO journal_seal (no, period, last_posting, hash)
    SELECT coalesce(before.no, 0) + 1, month, upto.id,
           sha256(coalesce(before.hash, ''::bytea) || journal_digest(coalesce(before.last_posting, 0), upto.id))
    FROM (SELECT) here
    LEFT JOIN (SELECT * FROM journal_seal ORDER BY no DESC LIMIT 1) before ON true
    CROSS JOIN LATERAL (
        SELECT greatest(coalesce(before.last_posting, 0), coalesce(max(id), 0)) AS id FROM posting
        WHERE booked_at < (month + interval '1 month')::timestamp AT TIME ZONE 'UTC') upto
$$;

-- The months that were closed before there were seals.
DO $$
DECLARE closed date;
BEGIN
    FOR closed IN SELECT period FROM period_close ORDER BY period LOOP
        PERFORM seal_journal(closed);
    END LOOP;
END $$;

CREATE TRIGGER journal_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
    EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON journal_seal FROM ${app};
