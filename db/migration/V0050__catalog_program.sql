-- What a version's workers run, beside its task: for whom a worker may work next, what it may take of the machine, which
-- algorithms it calls, and what its build made. Older versions are all tasks without code.
ALTER TABLE version
    ADD COLUMN reuse               text   NOT NULL DEFAULT 'shared' CHECK (reuse IN ('shared', 'per-caller', 'per-call')),
    ADD COLUMN cpu_ms              int    NOT NULL DEFAULT 3000000 CHECK (cpu_ms BETWEEN 1 AND 3000000),
    ADD COLUMN temporary_bytes     bigint NOT NULL DEFAULT 67108864 CHECK (temporary_bytes > 0),
    ADD COLUMN processes           int    NOT NULL DEFAULT 64 CHECK (processes > 0),
    ADD COLUMN calls_out           text[] NOT NULL DEFAULT '{}',
    -- SHA-256 of the frozen dependencies, or null where there was nothing to build.
    ADD COLUMN dependencies_sha256 text CHECK (dependencies_sha256 ~ '^[0-9a-f]{64}$'),
    ADD COLUMN dependencies_bytes  bigint NOT NULL DEFAULT 0;
CREATE INDEX version_dependencies ON version (dependencies_sha256) WHERE dependencies_sha256 IS NOT NULL;

ALTER TABLE draft
    ADD COLUMN dependencies_sha256 text CHECK (dependencies_sha256 ~ '^[0-9a-f]{64}$'),
    ADD COLUMN dependencies_bytes  bigint NOT NULL DEFAULT 0;
CREATE INDEX draft_dependencies ON draft (dependencies_sha256) WHERE dependencies_sha256 IS NOT NULL;
