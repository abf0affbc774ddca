-- A task is what a djl version does. Of code the column holds the entry, a file or a class, which is nothing to search by;
-- a pipeline is told by its runtime.
CREATE OR REPLACE VIEW search_facet AS
SELECT DISTINCT l.algorithm_id, facet.kind, facet.value
FROM search_listed l
JOIN algorithm a ON a.id = l.algorithm_id
JOIN owner o ON o.id = a.owner_id
JOIN version v ON v.id = l.version_id
CROSS JOIN LATERAL (
    SELECT 'category', lower(category) FROM unnest(a.categories) category
    UNION ALL SELECT 'tag', lower(tag) FROM unnest(a.tags) tag
    UNION ALL VALUES ('licence', a.licence), ('runtime', v.runtime),
                     ('task', CASE WHEN v.runtime = 'djl' THEN v.task ELSE '' END), ('owner', o.name),
                     ('device', split_part(v.device, ':', 1)),
                     ('price', CASE WHEN v.royalty = 0 THEN 'free' ELSE 'paid' END)) facet (kind, value)
WHERE facet.value <> '';

SELECT search_refresh(array_agg(v.algorithm_id)) FROM version v WHERE v.runtime <> 'djl' HAVING count(*) > 0;
