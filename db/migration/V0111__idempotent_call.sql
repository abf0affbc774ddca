-- Calls that their callers may repeat. The row is there before the call runs; which key made which call is kept for ever,
-- the answer for a day.
CREATE TABLE idempotent_call (
    account_id  bigint      NOT NULL,
    key         text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- SHA-256 of algorithm, version segment and input.
    fingerprint bytea       NOT NULL CHECK (length(fingerprint) = 32),
    call_id     uuid        NOT NULL UNIQUE,
    -- answered: the algorithm succeeded, and the charge is being made. done: it was charged, or the algorithm failed.
    state       text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'answered', 'done')),
    accepted_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    -- Renewed by the gateway that runs the call; past it the gateway is taken for dead.
    alive_until timestamptz NOT NULL,
    -- Text, not jsonb: an error's message may hold \u0000.
    answer      text,
    output      bytea,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotent_call_answered ON idempotent_call (answered_at) WHERE answer IS NOT NULL;

-- Calls that must not be charged any more: their gateway was taken for dead, and the same key may run them anew.
CREATE TABLE voided_call (
    call_id   uuid        PRIMARY KEY,
    voided_at timestamptz NOT NULL DEFAULT now()
);
REVOKE UPDATE, DELETE, TRUNCATE ON voided_call FROM ${app};

CREATE FUNCTION refuse_voided() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh JOIN voided_call USING (call_id)) THEN
        RAISE EXCEPTION 'the call was given up, and runs again under another id'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_not_voided';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER charge_voided_refused AFTER INSERT ON charge
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION refuse_voided();
