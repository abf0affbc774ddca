-- From where somebody acted, by which key, and what the act changed.
ALTER TABLE audit
    -- Empty: not over the network, but by a schedule or the command line.
    ADD COLUMN address text NOT NULL DEFAULT '',
    ADD COLUMN key_id  bigint,
    -- Short texts for people; null where the act made something new, took it away, or is an event alone.
    ADD COLUMN before  text,
    ADD COLUMN after   text;
CREATE INDEX audit_actor ON audit (actor_id, id DESC);

-- The grants keep the application from changing what was written; this keeps the owner from doing it by mistake.
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM ${app};
