-- Who did what to whom and why; nothing in it is ever changed.
CREATE TABLE audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    -- Null: the system itself.
    actor_id bigint REFERENCES owner,
    act      text        NOT NULL CHECK (act ~ '^[a-z-]+\.[a-z-]+$'),
    subject  text        NOT NULL,
    reason   text
);
CREATE INDEX audit_at ON audit (at DESC);
CREATE INDEX audit_subject ON audit (subject text_pattern_ops);
REVOKE UPDATE, DELETE ON audit FROM ${app};

-- What the administrator decides for the whole site at run time.
CREATE TABLE site_setting (
    name       text PRIMARY KEY,
    value      text        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO site_setting (name, value) VALUES ('publishers', 'everyone');
