-- A version whose higher price is only announced is not yet what callers get who name none: until its day comes the one
-- before it is found, with its price. Where there is no other, it is what there is.
CREATE OR REPLACE VIEW search_listed AS
SELECT a.id AS algorithm_id, v.id AS version_id
FROM algorithm a
JOIN LATERAL (SELECT v.id FROM version v
              WHERE v.algorithm_id = a.id AND v.visibility = 'public' AND v.deprecated_at IS NULL
                AND EXISTS (SELECT FROM sample WHERE version_id = v.id AND passed)
              ORDER BY coalesce(v.newest_from > now(), false), v.major DESC, v.minor DESC, v.patch DESC LIMIT 1) v ON true
WHERE a.unlisted_at IS NULL AND a.taken_down_at IS NULL;

CREATE INDEX version_newest_from ON version (newest_from) WHERE newest_from IS NOT NULL;

-- That day comes without a change to any row, so that no trigger makes the document anew. Answers how many were.
CREATE FUNCTION search_catch_up() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := ARRAY(SELECT l.algorithm_id FROM search_listed l JOIN search_document d USING (algorithm_id)
                          WHERE l.version_id <> d.version_id
                            AND l.algorithm_id IN (SELECT algorithm_id FROM version WHERE newest_from <= now()));
BEGIN
    IF cardinality(ids) > 0 THEN
        PERFORM search_refresh(ids);
    END IF;
    RETURN cardinality(ids);
END
$$;

SELECT search_refresh(array_agg(algorithm_id)) FROM version WHERE newest_from > now() HAVING count(*) > 0;
