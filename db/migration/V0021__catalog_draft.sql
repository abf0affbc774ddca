-- An uploaded bundle on its way to a version: its samples are tested, its publisher chooses, and it becomes a version or
-- expires. What the manifest says is read from the unpacked bundle, which never changes.
CREATE TABLE draft (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id       text        NOT NULL UNIQUE CHECK (public_id ~ '^draft_[0-9a-z]{16}$'),
    owner_id        bigint      NOT NULL REFERENCES owner,
    created_by      bigint      NOT NULL REFERENCES owner,
    state           text        NOT NULL CHECK (state IN ('received', 'testing', 'ready', 'failed', 'published')),
    artifact_sha256 text        NOT NULL CHECK (artifact_sha256 ~ '^[0-9a-f]{64}$'),
    artifact_bytes  bigint      NOT NULL,
    -- While a gateway tests it, it says so until here; a test whose gateway died is begun again after that.
    tested_until    timestamptz,
    version_id      bigint REFERENCES version,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    CHECK ((state = 'published') = (version_id IS NOT NULL))
);
CREATE INDEX draft_owner ON draft (owner_id);
CREATE INDEX draft_expiry ON draft (expires_at);
CREATE INDEX draft_artifact ON draft (artifact_sha256);
CREATE INDEX version_artifact ON version (artifact_sha256);

CREATE TABLE draft_log (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    draft_id bigint      NOT NULL REFERENCES draft ON DELETE CASCADE,
    level    text        NOT NULL CHECK (level IN ('info', 'good', 'bad')),
    line     text        NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX draft_log_draft ON draft_log (draft_id, id);

CREATE TABLE draft_sample (
    draft_id    bigint           NOT NULL REFERENCES draft ON DELETE CASCADE,
    position    int              NOT NULL,
    passed      boolean          NOT NULL,
    -- Why it did not pass; empty when it did.
    message     text             NOT NULL,
    output_kind text             NOT NULL CHECK (output_kind IN ('text', 'json', 'binary', 'void')),
    output      bytea            NOT NULL,
    compute_ms  double precision NOT NULL,
    PRIMARY KEY (draft_id, position)
);

-- A published version and its samples stay as they are; only its deprecation may come and go.
REVOKE UPDATE, DELETE, TRUNCATE ON version, sample FROM ${app};
GRANT UPDATE (deprecated_at, deprecation_note) ON version TO ${app};
