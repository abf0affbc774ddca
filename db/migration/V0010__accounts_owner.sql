-- Users and organisations share one table and one name space, from the first migration on.
CREATE TABLE owner (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name               text        NOT NULL CHECK (name ~ '^[a-zA-Z][a-zA-Z0-9_]{0,29}$'),
    display_name       text        NOT NULL,
    kind               text        NOT NULL CHECK (kind IN ('user', 'organisation')),
    -- The site's own organisations (the samples' owners): their names are reserved.
    site               boolean     NOT NULL DEFAULT false,
    administrator      boolean     NOT NULL DEFAULT false,
    -- The one account on which visitors run.
    guest              boolean     NOT NULL DEFAULT false,
    approved_publisher boolean     NOT NULL DEFAULT false,
    disabled_at        timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    CHECK (NOT (administrator AND kind = 'organisation'))
);
CREATE UNIQUE INDEX owner_name ON owner (lower(name));
CREATE UNIQUE INDEX owner_one_guest ON owner (guest) WHERE guest;

CREATE TABLE membership (
    organisation_id bigint      NOT NULL REFERENCES owner,
    user_id         bigint      NOT NULL REFERENCES owner,
    role            text        NOT NULL CHECK (role IN ('owner', 'member')),
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organisation_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);
