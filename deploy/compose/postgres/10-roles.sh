#!/bin/bash
# Run by PostgreSQL's image once, on an empty volume: Algomat's two roles, of which the application's cannot change what was
# booked (docs/operating.md), and Keycloak's own database.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username postgres \
  -v owner="$(</secrets/algomat-owner)" -v app="$(</secrets/algomat-app)" -v keycloak="$(</secrets/keycloak-db)" <<'SQL'
CREATE ROLE algomat_owner LOGIN PASSWORD :'owner';
CREATE ROLE algomat_app LOGIN PASSWORD :'app';
CREATE ROLE keycloak LOGIN PASSWORD :'keycloak';
CREATE DATABASE algomat OWNER algomat_owner;
CREATE DATABASE keycloak OWNER keycloak;
REVOKE CONNECT ON DATABASE algomat, keycloak FROM PUBLIC;
GRANT CONNECT ON DATABASE algomat TO algomat_app;
SQL
