-- Calls that an algorithm makes are charged to the root call's caller, in one statement with the root's own charge: all of
-- them or none. A nested charge stands on its parent's charge, so that nothing is charged for what a failed call did.
ALTER TABLE charge
    ADD COLUMN root_call_id   uuid REFERENCES charge,
    ADD COLUMN parent_call_id uuid REFERENCES charge,
    ADD CONSTRAINT charge_nested_has_both CHECK ((root_call_id IS NULL) = (parent_call_id IS NULL)),
    ADD CONSTRAINT charge_nested_in_another CHECK (call_id NOT IN (root_call_id, parent_call_id));
CREATE INDEX charge_root ON charge (root_call_id) WHERE root_call_id IS NOT NULL;

-- A root call's `held` is all that was set aside for it and for the calls below it; a nested call's is its own part.
CREATE FUNCTION nested_charges_fit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM fresh WHERE root_call_id IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM fresh n LEFT JOIN fresh r ON r.call_id = n.root_call_id AND r.root_call_id IS NULL
               LEFT JOIN fresh p ON p.call_id = n.parent_call_id
                                AND coalesce(p.root_call_id, p.call_id) = n.root_call_id
               WHERE n.root_call_id IS NOT NULL
                 AND (r.call_id IS NULL OR p.call_id IS NULL
                      OR (r.caller_id, r.key_id) IS DISTINCT FROM (n.caller_id, n.key_id))) THEN
        RAISE EXCEPTION 'a nested charge comes with the charges of its root and parent, of the same caller'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_nested_with_root';
    END IF;
    IF EXISTS (SELECT FROM fresh GROUP BY coalesce(root_call_id, call_id)
               HAVING sum(total) > max(held) FILTER (WHERE root_call_id IS NULL)
                   OR count(DISTINCT posting_id) > 1) THEN
        RAISE EXCEPTION 'the charges of a root call are above its hold, or in several postings'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_nested_within_hold';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER charge_nested_checked AFTER INSERT ON charge
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION nested_charges_fit();
