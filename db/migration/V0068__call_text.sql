-- What a call wrote and how it failed, in words. Kept only where somebody may read it: of calls by the publisher's own
-- account, and of others' calls where the caller wished it with the call, for the publisher to see once the caller shares
-- it. Such words may quote inputs. Rows go with the call log's retention, or when the caller withdraws them.
CREATE TABLE call_text (
    call_id      uuid        PRIMARY KEY,
    kept_at      timestamptz NOT NULL,
    caller_id    bigint      NOT NULL,
    publisher_id bigint      NOT NULL,
    -- Whether the caller was one of the publisher's own.
    own          boolean     NOT NULL,
    message      text        NOT NULL,
    log          text        NOT NULL,
    stacktrace   text        NOT NULL,
    -- When the caller shared it; null while it is the caller's alone to decide.
    shared_at    timestamptz
);
CREATE INDEX call_text_kept ON call_text USING brin (kept_at);
