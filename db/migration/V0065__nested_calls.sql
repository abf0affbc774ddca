-- Calls that were made inside of others, and what a version that runs as a pipeline does.
ALTER TABLE call_log
    -- The call that somebody made from outside, and the one that called this; null for a call from outside.
    ADD COLUMN root_id     uuid,
    ADD COLUMN parent_id   uuid,
    -- The pipeline's step, such as faces, or faces[3] for the fourth item of a list.
    ADD COLUMN step        text,
    -- From the root's beginning to this one's.
    ADD COLUMN offset_us   bigint NOT NULL DEFAULT 0,
    -- What the call and all below it cost together; a nested call's is its own part.
    ADD COLUMN whole       bigint NOT NULL DEFAULT 0,
    ADD COLUMN whole_promo bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT call_log_nested_has_both CHECK ((root_id IS NULL) = (parent_id IS NULL));
UPDATE call_log SET whole = cost, whole_promo = promo;
CREATE INDEX call_log_root ON call_log (root_id) WHERE root_id IS NOT NULL;

-- Steps and answer of a pipeline, each step bound to one version; a draft's from its test on.
-- json, not jsonb: members keep the order in which their publisher wrote them.
ALTER TABLE version ADD COLUMN pipeline json CHECK (pipeline IS NULL OR runtime = 'pipeline');
ALTER TABLE draft ADD COLUMN pipeline json;
