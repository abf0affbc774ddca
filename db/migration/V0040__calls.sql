-- The call log: who called what, how it ended, how long it took, what it cost. Never an input, an output or an error's
-- message, since messages may quote inputs. Written in batches beside the answers; the ledger, not this table, is the
-- truth about money. Rows go after the retention (90 days by default), so nothing refers to them.
CREATE TABLE call_log (
    -- The call's own id, a UUIDv7: in order of time.
    id           uuid        PRIMARY KEY,
    started_at   timestamptz NOT NULL,
    caller_id    bigint      NOT NULL,
    -- Null for calls from the playground.
    key_id       bigint,
    publisher_id bigint      NOT NULL,
    -- owner/name in its published spelling.
    algorithm    text        NOT NULL,
    version_id   bigint      NOT NULL,
    version      text        NOT NULL,
    front        text        NOT NULL,
    -- unconfirmed: the algorithm answered, but whether the charge was committed was not known when the caller was told.
    outcome      text        NOT NULL CHECK (outcome IN ('succeeded', 'failed', 'cancelled', 'unconfirmed')),
    -- Algorithmia's name of what the algorithm did, or the slug of what the platform did.
    error_type   text,
    worker       text        NOT NULL,
    device       text        NOT NULL,
    attempts     int         NOT NULL,
    queue_us     bigint      NOT NULL,
    cold_us      bigint      NOT NULL,
    compute_us   bigint      NOT NULL,
    total_us     bigint      NOT NULL,
    -- The receipt, in micro-credits; zeros when the call was free.
    cost         bigint      NOT NULL,
    royalty      bigint      NOT NULL,
    fee          bigint      NOT NULL,
    compute      bigint      NOT NULL,
    promo        bigint      NOT NULL
);
CREATE INDEX call_log_caller ON call_log (caller_id, id DESC);
CREATE INDEX call_log_version ON call_log (version_id, id DESC);
CREATE INDEX call_log_started ON call_log USING brin (started_at);

-- How often each version was called since it was published; outlives the log's retention.
CREATE TABLE call_total (
    version_id bigint      PRIMARY KEY,
    calls      bigint      NOT NULL,
    succeeded  bigint      NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX call_total_updated ON call_total (updated_at);
