-- Two roles: the owner runs migrations; the application (${app}) works on rows. Journals take more away in their own
-- migrations. Every table that the owner makes from here on is readable and writable for the application by default.
GRANT USAGE ON SCHEMA public TO ${app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${app};
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
