CREATE TABLE api_key (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id     bigint      NOT NULL REFERENCES owner,
    name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    -- HMAC-SHA-256 under a pepper that the database does not hold, so that a writer of rows cannot plant a key.
    digest       bytea       NOT NULL UNIQUE CHECK (length(digest) = 32),
    -- The first characters, enough to tell one's keys apart.
    prefix       text        NOT NULL,
    scopes       text[]      NOT NULL CHECK (scopes <@ ARRAY['call', 'publish', 'read:usage']),
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz
);
CREATE INDEX api_key_owner ON api_key (owner_id);

-- Gateways cache who stands behind a key. Whatever changes that says so in the same transaction, whoever made the change.
CREATE FUNCTION caller_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    PERFORM pg_notify('caller_changed', changed ->> TG_ARGV[0]);
    RETURN NULL;
END $$;

CREATE TRIGGER api_key_changed AFTER UPDATE OF scopes, expires_at, revoked_at OR DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION caller_changed('owner_id');
CREATE TRIGGER owner_changed AFTER UPDATE OF name, administrator, disabled_at ON owner
    FOR EACH ROW EXECUTE FUNCTION caller_changed('id');
CREATE TRIGGER membership_changed AFTER INSERT OR UPDATE OR DELETE ON membership
    FOR EACH ROW EXECUTE FUNCTION caller_changed('user_id');
