-- From when on a version is the newest to callers who name none, or a range: a raise is announced before it takes effect.
-- Null for at once. Whoever names the version exactly is served at once.
ALTER TABLE version ADD COLUMN newest_from timestamptz;
