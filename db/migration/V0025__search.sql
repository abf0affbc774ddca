-- What the catalogue's search reads: one row per listed algorithm, kept by triggers in the transaction of the change, so
-- that whoever writes the catalogue, search tells the truth from the commit on.
CREATE TEXT SEARCH CONFIGURATION algomat (COPY = english);
ALTER TEXT SEARCH CONFIGURATION algomat
    ALTER MAPPING FOR asciihword, hword_asciipart, hword, hword_part, asciiword, word WITH unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION algomat
    ALTER MAPPING FOR numhword, hword_numpart, numword WITH unaccent, simple;

-- Every facet's value, and every word of a heading (kind 'word', against typing errors), with how many listed algorithms
-- have it.
CREATE TABLE search_term (
    id        int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text NOT NULL,
    value     text NOT NULL,
    documents int  NOT NULL DEFAULT 0 CHECK (documents >= 0),
    UNIQUE (kind, value)
);
CREATE INDEX search_term_popular ON search_term (kind, documents DESC, value) WHERE kind <> 'word';
CREATE INDEX search_term_word ON search_term USING gin (value gin_trgm_ops) WHERE kind = 'word';

CREATE TABLE search_document (
    algorithm_id bigint PRIMARY KEY REFERENCES algorithm,
    -- The version that the card shows.
    version_id   bigint           NOT NULL,
    -- Ids of search_term; facets apart from words, because only facets are filtered by and counted.
    facets       int[]            NOT NULL,
    words        int[]            NOT NULL,
    -- Name and title (weight A), tags and categories (B), owner (C), and '=name' for a search that is the name itself.
    heading      tsvector         NOT NULL,
    -- The heading's words, the tag line and the text.
    body         tsvector         NOT NULL,
    calls        bigint           NOT NULL,
    -- About what a call costs, in micro-credits: royalty + rate × median, rounded up to the next millisecond.
    about        bigint           NOT NULL,
    median_ms    double precision NOT NULL,
    created_at   timestamptz      NOT NULL
);
-- A short pending list: every search reads it from end to end.
CREATE INDEX search_document_heading ON search_document USING gin (heading) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_document_body ON search_document USING gin (body) WITH (gin_pending_list_limit = 256);
CREATE INDEX search_document_facets ON search_document USING gin (facets) WITH (gin_pending_list_limit = 256);
-- One for each order in which a page of algorithms can be asked for.
CREATE INDEX search_document_calls ON search_document (calls DESC, algorithm_id DESC);
CREATE INDEX search_document_created ON search_document (created_at DESC, algorithm_id DESC);
CREATE INDEX search_document_about ON search_document (about, algorithm_id DESC);
CREATE INDEX search_document_median ON search_document (median_ms, algorithm_id DESC);

-- Names as words: object-detection, object_detection and ObjectDetection are all "object detection".
CREATE FUNCTION search_plain(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(name, '([a-z0-9])([A-Z])', '\1 \2', 'g'), '[-_/.:]+', ' ', 'g')
$$;

-- The listed algorithms: neither unlisted nor taken down, with a public version that is not deprecated and has at least
-- one passing sample. The newest such version is the one that the card shows.
CREATE VIEW search_listed AS
SELECT a.id AS algorithm_id, v.id AS version_id
FROM algorithm a
JOIN LATERAL (SELECT v.id FROM version v
              WHERE v.algorithm_id = a.id AND v.visibility = 'public' AND v.deprecated_at IS NULL
                AND EXISTS (SELECT FROM sample WHERE version_id = v.id AND passed)
              ORDER BY v.major DESC, v.minor DESC, v.patch DESC LIMIT 1) v ON true
WHERE a.unlisted_at IS NULL AND a.taken_down_at IS NULL;

-- What the call log says of each; the samples speak for a version that nobody has called yet.
CREATE VIEW search_figures AS
SELECT v.id AS version_id, f.calls, f.median_ms,
       v.royalty + v.rate_per_ms * greatest(1, ceil(f.median_ms))::bigint AS about
FROM version v
CROSS JOIN LATERAL (
    SELECT (SELECT coalesce(sum(s.calls), 0)::bigint
            FROM version w JOIN version_statistics s ON s.version_id = w.id
            WHERE w.algorithm_id = v.algorithm_id) AS calls,
           coalesce((SELECT nullif(p50_ms, 0) FROM version_statistics WHERE version_id = v.id),
                    (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY compute_ms)
                     FROM sample WHERE version_id = v.id AND passed), 0) AS median_ms) f;

CREATE VIEW search_heading AS
SELECT a.id AS algorithm_id, a.name,
       concat_ws(' ', search_plain(a.name), regexp_replace(a.name, '[-_]', '', 'g'), a.title) AS named,
       search_plain(array_to_string(a.tags || a.categories, ' ')) AS tagged,
       concat_ws(' ', o.name, search_plain(o.name), o.display_name) AS owned
FROM algorithm a JOIN owner o ON o.id = a.owner_id;

CREATE FUNCTION search_words(heading text) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT word FROM unnest(tsvector_to_array(to_tsvector('simple', unaccent(heading)))) word
    WHERE length(word) BETWEEN 3 AND 40
$$;

CREATE VIEW search_facet AS
SELECT DISTINCT l.algorithm_id, facet.kind, facet.value
FROM search_listed l
JOIN algorithm a ON a.id = l.algorithm_id
JOIN owner o ON o.id = a.owner_id
JOIN version v ON v.id = l.version_id
CROSS JOIN LATERAL (
    SELECT 'category', lower(category) FROM unnest(a.categories) category
    UNION ALL SELECT 'tag', lower(tag) FROM unnest(a.tags) tag
    UNION ALL VALUES ('licence', a.licence), ('runtime', v.runtime), ('task', v.task), ('owner', o.name),
                     ('device', split_part(v.device, ':', 1)),
                     ('price', CASE WHEN v.royalty = 0 THEN 'free' ELSE 'paid' END)) facet (kind, value)
WHERE facet.value <> '';

-- Makes the documents of these algorithms anew. One transaction at a time: publishing is rare, and so the counts stay
-- exact, and two publishers who share their words cannot block each other for good.
CREATE FUNCTION search_refresh(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('search_refresh'));

    WITH gone AS (DELETE FROM search_document WHERE algorithm_id = ANY (ids) RETURNING facets, words)
    UPDATE search_term t SET documents = t.documents - less.n
    FROM (SELECT id, count(*) AS n FROM gone, unnest(facets || words) id GROUP BY id) less
    WHERE t.id = less.id;

    INSERT INTO search_term (kind, value)
    SELECT DISTINCT kind, value FROM search_facet WHERE algorithm_id = ANY (ids)
    UNION
    SELECT DISTINCT 'word', word
    FROM search_listed JOIN search_heading USING (algorithm_id), search_words(concat_ws(' ', named, tagged, owned)) word
    WHERE algorithm_id = ANY (ids)
    ON CONFLICT DO NOTHING;

    INSERT INTO search_document
    SELECT l.algorithm_id, l.version_id,
           ARRAY(SELECT t.id FROM search_facet f JOIN search_term t USING (kind, value)
                 WHERE f.algorithm_id = l.algorithm_id),
           ARRAY(SELECT t.id FROM search_words(concat_ws(' ', named, tagged, owned)) word
                 JOIN search_term t ON t.kind = 'word' AND t.value = word),
           setweight(to_tsvector('algomat', named), 'A') || setweight(to_tsvector('algomat', tagged), 'B')
               || setweight(to_tsvector('algomat', owned), 'C') || array_to_tsvector(ARRAY['=' || lower(h.name)]),
           to_tsvector('algomat', concat_ws(' ', named, tagged, owned, a.tag_line, left(a.readme, 20000))),
           s.calls, s.about, s.median_ms, a.created_at
    FROM search_listed l
    JOIN algorithm a ON a.id = l.algorithm_id
    JOIN search_heading h ON h.algorithm_id = l.algorithm_id
    JOIN search_figures s ON s.version_id = l.version_id
    WHERE l.algorithm_id = ANY (ids);

    UPDATE search_term t SET documents = t.documents + more.n
    FROM (SELECT id, count(*) AS n FROM search_document, unnest(facets || words) id
          WHERE algorithm_id = ANY (ids) GROUP BY id) more
    WHERE t.id = more.id;
END
$$;

CREATE FUNCTION search_algorithm_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(SELECT id FROM changed));
    RETURN NULL;
END
$$;
CREATE FUNCTION search_owner_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[] := ARRAY(SELECT a.id FROM changed c JOIN was USING (id) JOIN algorithm a ON a.owner_id = c.id
                          WHERE (c.name, c.display_name) IS DISTINCT FROM (was.name, was.display_name));
BEGIN
    IF cardinality(ids) > 0 THEN
        PERFORM search_refresh(ids);
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION search_version_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(SELECT DISTINCT algorithm_id FROM changed));
    RETURN NULL;
END
$$;
CREATE FUNCTION search_sample_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM search_refresh(ARRAY(SELECT DISTINCT v.algorithm_id FROM changed c JOIN version v ON v.id = c.version_id));
    RETURN NULL;
END
$$;
-- Figures change every few seconds. One that moved by less than a hundredth is not worth new entries in every index.
CREATE FUNCTION search_statistics_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_document d SET calls = f.calls, about = f.about, median_ms = f.median_ms
    FROM search_figures f
    WHERE f.version_id = d.version_id
      AND d.algorithm_id IN (SELECT v.algorithm_id FROM changed c JOIN version v ON v.id = c.version_id)
      AND (abs(f.calls - d.calls) * 100 > d.calls OR abs(f.about - d.about) * 100 > d.about
           OR abs(f.median_ms - d.median_ms) * 100 > d.median_ms);
    RETURN NULL;
END
$$;

-- A new algorithm has no version yet, and a new version no sample: the samples, which come last, make it listed.
CREATE TRIGGER search AFTER UPDATE ON algorithm REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_algorithm_changed();
CREATE TRIGGER search AFTER UPDATE ON owner REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_owner_changed();
CREATE TRIGGER search AFTER UPDATE ON version REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_version_changed();
CREATE TRIGGER search_insert AFTER INSERT ON sample REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_sample_changed();
CREATE TRIGGER search_update AFTER UPDATE ON sample REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_sample_changed();
CREATE TRIGGER search_insert AFTER INSERT ON version_statistics REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_statistics_changed();
CREATE TRIGGER search_update AFTER UPDATE ON version_statistics REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION search_statistics_changed();
