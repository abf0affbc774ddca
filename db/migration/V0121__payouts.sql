-- What publishers ask to be paid out, and how that goes: REQUESTED -> APPROVED -> SENT -> SETTLED, or FAILED from any of
-- the first three. The amount leaves the earnings with the request and comes back with the failure.
CREATE TABLE payout (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id         bigint      NOT NULL REFERENCES owner,
    amount           bigint      NOT NULL CHECK (amount > 0),
    -- Whom the bank pays, and where: an IBAN.
    payee            text        NOT NULL,
    iban             text        NOT NULL,
    state            text        NOT NULL DEFAULT 'requested'
                     CHECK (state IN ('requested', 'approved', 'sent', 'settled', 'failed')),
    approvals_needed int         NOT NULL CHECK (approvals_needed IN (1, 2)),
    -- What was earned before this moment had matured when it was asked for.
    matured_before   timestamptz NOT NULL,
    requested_by     bigint      NOT NULL REFERENCES owner,
    requested_at     timestamptz NOT NULL DEFAULT now(),
    posting_id       bigint      NOT NULL UNIQUE REFERENCES posting
);
CREATE INDEX payout_owner ON payout (owner_id, id DESC);
CREATE INDEX payout_open ON payout (id) WHERE state IN ('requested', 'approved', 'sent');

-- Who did what to a payout; the state follows from it.
CREATE TABLE payout_step (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payout_id bigint      NOT NULL REFERENCES payout,
    step      text        NOT NULL CHECK (step IN ('approved', 'sent', 'settled', 'failed')),
    actor_id  bigint      NOT NULL REFERENCES owner,
    note      text,
    at        timestamptz NOT NULL DEFAULT now()
);
-- Nobody approves twice, and everything else is done once.
CREATE UNIQUE INDEX payout_step_once ON payout_step (payout_id, step, (CASE WHEN step = 'approved' THEN actor_id END))
    NULLS NOT DISTINCT;

CREATE FUNCTION payout_goes_on() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('requested', 'approved'), ('approved', 'sent'), ('sent', 'settled'),
                                      ('requested', 'failed'), ('approved', 'failed'), ('sent', 'failed')) THEN
        RAISE EXCEPTION 'a payout that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_state';
    END IF;
    IF NEW.state = 'approved' AND (SELECT count(DISTINCT actor_id) FROM payout_step
                                   WHERE payout_id = NEW.id AND step = 'approved') < NEW.approvals_needed THEN
        RAISE EXCEPTION 'a payout needs % approvals', NEW.approvals_needed
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_approvals';
    END IF;
    IF NEW.state <> 'approved' AND NOT EXISTS (SELECT FROM payout_step WHERE payout_id = NEW.id AND step = NEW.state) THEN
        RAISE EXCEPTION 'nobody did that' USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_step_of_state';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payout_checked BEFORE UPDATE ON payout FOR EACH ROW EXECUTE FUNCTION payout_goes_on();
CREATE TRIGGER payout_step_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payout_step
    EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON payout, payout_step FROM ${app};
GRANT UPDATE (state) ON payout TO ${app};
