-- SPDX-License-Identifier: Apache-2.0
-- What db_open asks before anything else: is this database ours, and of which version?

-- only: sqlite
-- name: schema_found
-- Is the table of migrations there, and how many tables are there at all?
-- row: migrated int, tables int
SELECT count(*) FILTER (WHERE name = 'schema_migration') AS migrated, count(*) AS tables
FROM sqlite_master WHERE type = 'table';

-- only: pg
-- name: schema_found
-- Is the table of migrations there, and how many tables are there at all, in the schema that new ones go to?
-- row: migrated int, tables int
SELECT count(*) FILTER (WHERE c.relname = 'schema_migration') AS migrated, count(*) AS tables
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p');

-- only: pg
-- name: schema_lock
-- One writer at a time: held until the transaction ends. Each schema has its own lock.
-- row: locked int
SELECT count(*) AS locked FROM pg_advisory_xact_lock(hashtext('reativa writer'), hashtext(current_schema()));

-- name: schema_migrations
-- What was applied.
-- row: version int, name text, checksum text
SELECT version, name, checksum FROM schema_migration ORDER BY version NULLS LAST;

-- only: sqlite
-- name: schema_migrated
-- One migration is done.
-- args: version int, name text, checksum text
INSERT INTO schema_migration (version, name, checksum, applied_us)
VALUES ($1, $2, $3, CAST(strftime('%s', 'now') AS INTEGER) * 1000000);

-- only: pg
-- name: schema_migrated
-- One migration is done.
-- args: version int, name text, checksum text
INSERT INTO schema_migration (version, name, checksum, applied_us)
VALUES ($1, $2, $3, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT));

-- only: pg
-- name: schema_server
-- Which session answers, and is it one of a replica, which only reads?
-- row: session int, replica int
SELECT pg_backend_pid() AS session, CAST(pg_is_in_recovery() AS INTEGER) AS replica;
