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

-- Links that let somebody who lost a password choose a new one: they work once, and not for long.
CREATE TABLE reset_link (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    owner_id   bigint      NOT NULL REFERENCES owner,
    expires_at timestamptz NOT NULL
);
CREATE INDEX reset_link_owner ON reset_link (owner_id);
