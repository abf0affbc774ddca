-- How much recent calls reported of what their version is priced by, so that what a call costs about can be told: the median
-- and the 99th percentile, in thousandths.
ALTER TABLE version_statistics
    ADD COLUMN p50_units bigint NOT NULL DEFAULT 0,
    ADD COLUMN p99_units bigint NOT NULL DEFAULT 0;

CREATE OR REPLACE VIEW search_figures AS
SELECT v.id AS version_id, f.calls, f.median_ms,
       v.royalty + coalesce(div(f.median_units::numeric * v.unit_price, v.unit_per * 1000::numeric), 0)::bigint
           + v.rate_per_ms * greatest(1, ceil(f.median_ms))::bigint AS about
FROM version v
CROSS JOIN LATERAL (
    SELECT (SELECT coalesce(sum(s.calls), 0)::bigint
            FROM version w JOIN version_statistics s ON s.version_id = w.id
            WHERE w.algorithm_id = v.algorithm_id) AS calls,
           coalesce((SELECT nullif(p50_ms, 0) FROM version_statistics WHERE version_id = v.id),
                    (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY compute_ms)
                     FROM sample WHERE version_id = v.id AND passed), 0) AS median_ms,
           coalesce((SELECT p50_units FROM version_statistics WHERE version_id = v.id), 0) AS median_units) f;

-- Invoices say what was reported. A line is of one version, and so of one metric at the most.
ALTER TABLE invoice_line
    ADD COLUMN units       bigint,
    ADD COLUMN unit_metric text;
