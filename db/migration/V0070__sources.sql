-- Sources typed in the browser: the files of an algorithm on its way to a version, built as an upload is.
CREATE TABLE source (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id    text        NOT NULL UNIQUE CHECK (public_id ~ '^source_[0-9a-z]{16}$'),
    owner_id     bigint      NOT NULL REFERENCES owner,
    created_by   bigint      NOT NULL REFERENCES owner,
    -- What it began as, such as ada/word-count; what it is called in the end is the manifest's to say.
    name         text        NOT NULL,
    -- Counts the changes of all files; the draft was built of the state that had the second number.
    change       bigint      NOT NULL DEFAULT 1,
    built_change bigint      NOT NULL DEFAULT 0,
    draft_id     bigint REFERENCES draft ON DELETE SET NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL
);
CREATE INDEX source_owner ON source (owner_id);
CREATE INDEX source_draft ON source (draft_id) WHERE draft_id IS NOT NULL;

CREATE TABLE source_file (
    source_id       bigint  NOT NULL REFERENCES source ON DELETE CASCADE,
    path            text    NOT NULL CHECK (path <> '' AND octet_length(path) <= 500),
    -- The source's change that wrote it: who saves says which state was read, so that no two tabs overwrite each other.
    change          bigint  NOT NULL,
    bytes           bigint  NOT NULL CHECK (bytes >= 0),
    text            boolean NOT NULL,
    content         bytea,
    -- A file too large to be kept here lies in the bundle of the version that these sources began with. Versions, and so
    -- their bundles, are never removed.
    artifact_sha256 text CHECK (artifact_sha256 ~ '^[0-9a-f]{64}$'),
    artifact_path   text,
    PRIMARY KEY (source_id, path),
    CHECK ((content IS NULL) = (artifact_sha256 IS NOT NULL)),
    CHECK ((artifact_sha256 IS NULL) = (artifact_path IS NULL))
);
