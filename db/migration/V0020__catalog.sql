CREATE TABLE algorithm (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id         bigint      NOT NULL REFERENCES owner,
    name             text        NOT NULL CHECK (name ~ '^[a-zA-Z][a-zA-Z0-9_-]{0,63}$'),
    title            text        NOT NULL,
    tag_line         text        NOT NULL,
    -- Markdown as the publisher wrote it; it is rendered and sanitised when it is read.
    readme           text        NOT NULL DEFAULT '',
    licence          text        NOT NULL DEFAULT '',
    categories       text[]      NOT NULL DEFAULT '{}',
    tags             text[]      NOT NULL DEFAULT '{}',
    unlisted_at      timestamptz,
    taken_down_at    timestamptz,
    take_down_reason text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX algorithm_name ON algorithm (owner_id, lower(name));

-- Versions never change once published, but for deprecation.
CREATE TABLE version (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    algorithm_id    bigint      NOT NULL REFERENCES algorithm,
    major           int         NOT NULL CHECK (major >= 0),
    minor           int         NOT NULL CHECK (minor >= 0),
    patch           int         NOT NULL CHECK (patch >= 0),
    visibility      text        NOT NULL CHECK (visibility IN ('public', 'private')),
    release_notes   text        NOT NULL DEFAULT '',
    runtime         text        NOT NULL CHECK (runtime IN ('djl', 'python', 'node', 'java', 'pipeline')),
    task            text        NOT NULL,
    options         jsonb       NOT NULL DEFAULT '{}',
    device          text        NOT NULL DEFAULT 'cpu',
    timeout_ms      int         NOT NULL CHECK (timeout_ms BETWEEN 1 AND 3000000),
    memory_bytes    bigint      NOT NULL CHECK (memory_bytes > 0),
    retry_safe      boolean     NOT NULL,
    input_schema    jsonb       NOT NULL,
    output_schema   jsonb       NOT NULL,
    royalty         bigint      NOT NULL CHECK (royalty >= 0),
    rate_per_ms     bigint      NOT NULL CHECK (rate_per_ms >= 0),
    take_bps        int         NOT NULL CHECK (take_bps BETWEEN 0 AND 10000),
    artifact_sha256 text        NOT NULL CHECK (artifact_sha256 ~ '^[0-9a-f]{64}$'),
    artifact_bytes  bigint      NOT NULL,
    published_by    bigint      NOT NULL REFERENCES owner,
    published_at    timestamptz NOT NULL DEFAULT now(),
    deprecated_at   timestamptz,
    deprecation_note text,
    UNIQUE (algorithm_id, major, minor, patch)
);

CREATE TABLE sample (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id  bigint NOT NULL REFERENCES version,
    position    int    NOT NULL,
    name        text   NOT NULL,
    -- The file in the bundle that the input came from, or null when it stood in the manifest.
    file_name   text,
    input_kind  text   NOT NULL CHECK (input_kind IN ('text', 'json', 'binary', 'void')),
    input       bytea  NOT NULL,
    output_kind text   NOT NULL CHECK (output_kind IN ('text', 'json', 'binary', 'void')),
    output      bytea  NOT NULL,
    passed      boolean NOT NULL,
    compute_ms  double precision NOT NULL,
    UNIQUE (version_id, position)
);

-- What the call log found out, brought up to date every few seconds; kept apart so that versions stay unchanged.
CREATE TABLE version_statistics (
    version_id bigint PRIMARY KEY REFERENCES version,
    calls      bigint           NOT NULL DEFAULT 0,
    succeeded  bigint           NOT NULL DEFAULT 0,
    p50_ms     double precision NOT NULL DEFAULT 0,
    p99_ms     double precision NOT NULL DEFAULT 0,
    updated_at timestamptz      NOT NULL DEFAULT now()
);
