-- Charges that the ledger refused whatever was tried: the call was free, and somebody has to look why. A letter is a copy
-- for reading, it moves nothing; so nothing here is checked that the charge itself was refused for.
CREATE TABLE charge_dead_letter (
    call_id      uuid        PRIMARY KEY,
    root_call_id uuid,
    refused_at   timestamptz NOT NULL DEFAULT now(),
    -- The SQL state and the database's words.
    state        text        NOT NULL,
    reason       text        NOT NULL,
    caller_id    bigint      NOT NULL,
    publisher_id bigint      NOT NULL,
    version_id   bigint      NOT NULL,
    algorithm    text        NOT NULL,
    version      text        NOT NULL,
    billed_ms    bigint      NOT NULL,
    held         bigint      NOT NULL,
    royalty      bigint      NOT NULL,
    fee          bigint      NOT NULL,
    compute      bigint      NOT NULL
);
CREATE INDEX charge_dead_letter_time ON charge_dead_letter (refused_at);
REVOKE UPDATE, DELETE, TRUNCATE ON charge_dead_letter FROM ${app};
