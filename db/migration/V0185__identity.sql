-- Accounts of a sign-in provider (OpenID Connect): found by who says so and of whom, never by a name or an e-mail address,
-- which people change and providers hand on.
CREATE TABLE identity (
    issuer     text        NOT NULL CHECK (length(issuer) BETWEEN 1 AND 500),
    subject    text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    owner_id   bigint      NOT NULL REFERENCES owner,
    -- What the provider called its user when the two were connected; shown, never looked up.
    name       text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (owner_id, issuer)
);

-- Gateways keep who stands behind a token of the provider, as they do for keys.
CREATE TRIGGER identity_changed AFTER UPDATE OR DELETE ON identity
    FOR EACH ROW EXECUTE FUNCTION caller_changed('owner_id');

ALTER TABLE session
    -- By which provider's account it was opened; null for a local password.
    ADD COLUMN issuer           text,
    ADD COLUMN subject          text,
    -- The provider's own name of its session (sid), by which it tells that it ended.
    ADD COLUMN provider_session text,
    -- Where the provider ends its session, with the ID token as hint; no credential here, since calls need an access token.
    ADD COLUMN sign_out_url     text,
    -- The provider's role, as it was when this session began.
    ADD COLUMN administrator    boolean NOT NULL DEFAULT false,
    -- Until when this session may be used to connect a provider's account with its own.
    ADD COLUMN connects_until   timestamptz,
    ADD CHECK ((issuer IS NULL) = (subject IS NULL)),
    ADD CHECK (issuer IS NOT NULL OR NOT administrator);
CREATE INDEX session_provider ON session (issuer, subject) WHERE issuer IS NOT NULL;

-- Who came from a provider for the first time and has still to choose a name here, or to connect an account.
CREATE TABLE arrival (
    token_hash       bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    issuer           text        NOT NULL,
    subject          text        NOT NULL,
    name             text        NOT NULL,
    provider_session text,
    sign_out_url     text,
    administrator    boolean     NOT NULL,
    expires_at       timestamptz NOT NULL
);

-- Logout tokens that were taken: each works once, on whichever gateway it comes to.
CREATE TABLE logout_token (
    issuer     text        NOT NULL,
    jti        text        NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, jti)
);
