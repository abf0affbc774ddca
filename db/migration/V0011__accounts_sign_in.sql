-- Argon2id hashes in PHC text form; apart from the owner, so that no listing of owners can carry them out.
CREATE TABLE password (
    owner_id   bigint PRIMARY KEY REFERENCES owner,
    hash       text        NOT NULL CHECK (hash LIKE '$argon2id$%'),
    changed_at timestamptz NOT NULL
);

-- Only the SHA-256 of a session's token is kept: who reads this table cannot sign in with it.
CREATE TABLE session (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash   bytea       NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    owner_id     bigint      NOT NULL REFERENCES owner,
    address      text        NOT NULL,
    agent        text        NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    -- Slides with use, up to the end, which does not.
    expires_at   timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    CHECK (expires_at <= ends_at)
);
CREATE INDEX session_owner ON session (owner_id);
CREATE INDEX session_expires ON session (expires_at);

-- Links that work once: setting up the administrator, and a new password for someone who lost theirs.
CREATE TABLE one_time_link (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    purpose    text        NOT NULL CHECK (purpose IN ('set-up', 'reset')),
    owner_id   bigint REFERENCES owner,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    CHECK ((purpose = 'reset') = (owner_id IS NOT NULL AND expires_at IS NOT NULL))
);
