-- SPDX-License-Identifier: Apache-2.0
-- Accounts of a PostgreSQL server that may read the views and nothing else. What a name or a password stands in is made by
-- format() here and run as it comes, since no argument can stand there.

-- only: pg
-- name: reader_rights
-- Who may read which view, the owner apart; whole 1: all there are.
-- row: name text, view text, whole int
SELECT CAST(r.rolname AS TEXT) AS name, CAST(c.relname AS TEXT) AS view,
    CASE WHEN count(*) OVER (PARTITION BY r.oid) = (SELECT count(*) FROM pg_class v
        WHERE v.relnamespace = c.relnamespace AND v.relkind = 'v' AND left(v.relname, 2) = 'v_')
        THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS whole
FROM pg_class c
CROSS JOIN LATERAL aclexplode(c.relacl) a
JOIN pg_roles r ON r.oid = a.grantee
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'v' AND left(c.relname, 2) = 'v_'
    AND a.privilege_type = 'SELECT' AND a.grantee <> c.relowner
ORDER BY 1, 2; -- no nulls

-- only: pg
-- name: reader_may
-- May who is connected make accounts; is there one of this name?
-- args: name text
-- row: may int, taken int
SELECT CASE WHEN u.rolsuper OR u.rolcreaterole THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END AS may,
    (SELECT count(*) FROM pg_roles r WHERE r.rolname = $1) AS taken
FROM pg_roles u WHERE u.rolname = current_user;

-- only: pg
-- name: reader_make
-- The account. password: as the server keeps it, not as it is typed.
-- args: name text, password text
-- row: command text
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', $1, $2) AS command;

-- only: pg
-- name: reader_renew
-- Another password for it.
-- args: name text, password text
-- row: command text
SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', $1, $2) AS command;

-- only: pg
-- name: reader_settle
-- It finds the views without naming where they are, and changes nothing by mistake.
-- args: name text
-- row: command text
SELECT format('ALTER ROLE %I SET default_transaction_read_only = on; '
    'ALTER ROLE %I IN DATABASE %I SET search_path = %I; GRANT CONNECT ON DATABASE %I TO %I; '
    'GRANT USAGE ON SCHEMA %I TO %I', $1, $1, current_database(), current_schema(), current_database(), $1,
    current_schema(), $1) AS command;

-- only: pg
-- name: reader_grant
-- It may read a view of this name, or (an empty name) all of them.
-- args: name text, view text
-- row: command text
SELECT format('GRANT SELECT ON %I.%I TO %I', n.nspname, c.relname, $1) AS command
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind = 'v' AND left(c.relname, 2) = 'v_' AND ($2 = '' OR c.relname = $2)
ORDER BY c.relname; -- no nulls

-- only: pg
-- name: reader_remove
-- It may nothing any more, and is gone; the server refuses when it has things of its own.
-- args: name text
-- row: command text
SELECT format('REVOKE ALL ON ALL TABLES IN SCHEMA %I FROM %I; REVOKE ALL ON SCHEMA %I FROM %I; '
    'REVOKE ALL ON DATABASE %I FROM %I; DROP ROLE %I', current_schema(), $1, current_schema(), $1,
    current_database(), $1, $1) AS command;
