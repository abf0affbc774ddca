-- Beside its royalty a version may charge for what its algorithm counts and reports: so many credits for each page, for
-- each second of sound, for every thousand tokens. Fixed with the version like the rest of its price.

-- unit_price micro-credits for unit_per units of unit_metric, of at most unit_most units a call. All null for none.
ALTER TABLE version
    ADD COLUMN unit_metric text,
    ADD COLUMN unit_price  bigint CHECK (unit_price > 0),
    ADD COLUMN unit_per    bigint CHECK (unit_per > 0),
    ADD COLUMN unit_most   bigint CHECK (unit_most > 0),
    ADD CONSTRAINT version_unit_whole CHECK (num_nulls(unit_metric, unit_price, unit_per, unit_most) IN (0, 4));

-- Each charge keeps that price too, and in `units`, in thousandths, what was billed. Their cost is a part of the royalty:
-- publisher, fee, refunds and reports treat it so. It is rounded down to the micro-credit.
ALTER TABLE charge
    ADD COLUMN units       bigint,
    ADD COLUMN unit_metric text,
    ADD COLUMN unit_price  bigint,
    ADD COLUMN unit_per    bigint,
    ADD COLUMN unit_most   bigint,
    ADD CONSTRAINT charge_unit_whole
        CHECK (num_nulls(units, unit_metric, unit_price, unit_per, unit_most) IN (0, 5)),
    ADD CONSTRAINT charge_unit_price CHECK (unit_price > 0 AND unit_per > 0),
    ADD CONSTRAINT charge_units_capped CHECK (units BETWEEN 0 AND unit_most * 1000),
    DROP CONSTRAINT charge_royalty_as_priced,
    ADD CONSTRAINT charge_royalty_as_priced CHECK (
        royalty = CASE WHEN royalty_free THEN 0
                       WHEN units IS NULL THEN price_royalty
                       ELSE price_royalty + div(units::numeric * unit_price, unit_per * 1000::numeric) END);

-- The call log tells the same to the caller; the cost is what the units were of the royalty.
ALTER TABLE call_log
    ADD COLUMN units       bigint,
    ADD COLUMN unit_metric text,
    ADD COLUMN unit_cost   bigint;

-- What asks for credits by the unit is not free, though its royalty may be nothing.
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
                     ('price', CASE WHEN v.royalty = 0 AND v.unit_metric IS NULL THEN 'free' ELSE 'paid' END))
    facet (kind, value)
WHERE facet.value <> '';
