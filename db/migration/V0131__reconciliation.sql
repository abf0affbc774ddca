-- What each reconciliation of the ledger found (billing.LedgerRule), so that somebody can see that it was done.
CREATE TABLE reconciliation (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz NOT NULL,
    took_ms    bigint      NOT NULL,
    -- Who wished it, or null for the system.
    actor_id   bigint REFERENCES owner
);
CREATE INDEX reconciliation_time ON reconciliation (started_at DESC);

CREATE TABLE reconciliation_finding (
    reconciliation_id bigint NOT NULL REFERENCES reconciliation ON DELETE CASCADE,
    rule              text   NOT NULL,
    -- In how many places the rule is broken; 0 is the only good number.
    differences       bigint NOT NULL,
    took_ms           bigint NOT NULL,
    PRIMARY KEY (reconciliation_id, rule)
);
