-- SPDX-License-Identifier: Apache-2.0
-- How far a replica has come, and whose it is.

-- only: pg
-- name: replica_of
-- Which company's data these are: the same on a server and on its replicas, nowhere else.
-- row: system int, base text, schema text
SELECT system_identifier AS system, CAST(current_database() AS TEXT) AS base, CAST(current_schema() AS TEXT) AS schema
FROM pg_control_system();

-- only: pg
-- name: replica_mark_primary
-- How far the server has written, and the picture of the watched tables.
-- row: written int, picture text
SELECT CAST(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS BIGINT) AS written,
    coalesce((SELECT value FROM setting WHERE name = 'picture'), '') AS picture;

-- only: pg
-- name: replica_mark
-- The same of a replica; -1: it is none any more.
-- row: written int, picture text
SELECT CASE WHEN pg_is_in_recovery() THEN CAST(pg_wal_lsn_diff(coalesce(pg_last_wal_replay_lsn(), '0/0'), '0/0') AS BIGINT) ELSE -1 END AS written,
    coalesce((SELECT value FROM setting WHERE name = 'picture'), '') AS picture;
