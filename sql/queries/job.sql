-- SPDX-License-Identifier: Apache-2.0
-- What is done again and again. States and results: sql/migrations/*_job.sql.

-- name: job_list
-- All of them, by id, with what people call that of an alert rule.
-- row: id int, name text, schedule text, state int, due_us int, wait_us int, tries int, asked_us int, asked_by text
-- row: lease_us int, lease_by text, done_us int, version int, title text
SELECT j.id, j.name, j.schedule, j.state, j.due_us, j.wait_us, j.tries, j.asked_us, j.asked_by, j.lease_us, j.lease_by, j.done_us,
    j.version, coalesce(a.name, '') AS title
FROM job j LEFT JOIN alert a ON 'alert:' || a.id = j.name ORDER BY j.id; -- no nulls

-- name: job_find
-- One by its id.
-- args: id int
-- row: id int, name text, schedule text, state int, due_us int, wait_us int, tries int, asked_us int, asked_by text
-- row: lease_us int, lease_by text, done_us int, version int
SELECT id, name, schedule, state, due_us, wait_us, tries, asked_us, asked_by, lease_us, lease_by, done_us, version
FROM job WHERE id = $1;

-- name: job_find_name
-- One by its name.
-- args: name text
-- row: id int, name text, schedule text, state int, due_us int, wait_us int, tries int, asked_us int, asked_by text
-- row: lease_us int, lease_by text, done_us int, version int
SELECT id, name, schedule, state, due_us, wait_us, tries, asked_us, asked_by, lease_us, lease_by, done_us, version
FROM job WHERE name = $1;

-- name: job_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM job;

-- name: job_add
-- A new one.
-- args: id int, name text, schedule text, state int
INSERT INTO job (id, name, schedule, state) VALUES ($1, $2, $3, $4);

-- name: job_change
-- When and whether, if nobody else changed it since the version; what was due is worked out anew.
-- args: id int, version int, schedule text, state int
UPDATE job SET schedule = $3, state = $4, due_us = 0, wait_us = 0, tries = 0, version = version + 1
WHERE id = $1 AND version = $2;

-- name: job_due
-- What it waits for.
-- args: id int, due_us int, wait_us int, tries int
UPDATE job SET due_us = $2, wait_us = $3, tries = $4 WHERE id = $1;

-- name: job_ask
-- Somebody wants it now.
-- args: id int, now_us int, who text
UPDATE job SET asked_us = $2, asked_by = $3 WHERE id = $1;

-- name: job_take
-- Somebody is at it.
-- args: id int, lease_us int, who text
UPDATE job SET lease_us = $2, lease_by = $3, asked_us = 0, asked_by = '' WHERE id = $1;

-- name: job_hold
-- And still is.
-- args: who text, lease_us int
UPDATE job SET lease_us = $2 WHERE lease_by = $1;

-- name: job_let_go
-- Not any more; no row is touched when another has taken it over.
-- args: id int, who text, due_us int, wait_us int, tries int, done_us int
UPDATE job SET lease_us = 0, lease_by = '', due_us = CASE WHEN due_us = 0 THEN 0 ELSE $3 END, wait_us = $4, tries = $5, done_us = $6
WHERE id = $1 AND lease_by = $2;

-- name: job_drop
-- Nobody wants it any more.
-- args: name text
DELETE FROM job WHERE name = $1;

-- name: job_restored
-- In a database made of a backup nothing is late, and nobody is at anything.
UPDATE job SET due_us = 0, wait_us = 0, tries = 0, asked_us = 0, asked_by = '', lease_us = 0, lease_by = '';

-- name: job_run_max
-- The greatest number.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM job_run;

-- name: job_run_add
-- It began.
-- args: id int, job_id int, due_us int, missed int, asked_by text, began_us int
INSERT INTO job_run (id, job_id, due_us, missed, asked_by, began_us) VALUES ($1, $2, $3, $4, $5, $6);

-- name: job_run_end
-- It is over.
-- args: id int, ended_us int, result int, said text
UPDATE job_run SET ended_us = $2, result = $3, said = $4 WHERE id = $1 AND ended_us = 0;

-- name: job_run_quiet
-- The one before it goes, if it was done on time and said the same.
-- args: job_id int, id int, said text
DELETE FROM job_run WHERE id = (SELECT max(l.id) FROM job_run l WHERE l.job_id = $1 AND l.id < $2)
    AND result = 1 AND said = $3 AND due_us > 0 AND missed = 0;

-- name: job_run_broken
-- Whoever was at it is gone.
-- args: job_id int, ended_us int
UPDATE job_run SET ended_us = $2, result = 3 WHERE job_id = $1 AND ended_us = 0;

-- name: job_run_last
-- The newest of each job.
-- row: id int, job_id int, due_us int, missed int, asked_by text, began_us int, ended_us int, result int, said text
SELECT r.id, r.job_id, r.due_us, r.missed, r.asked_by, r.began_us, r.ended_us, r.result, r.said
FROM job j JOIN job_run r ON r.id = (SELECT max(l.id) FROM job_run l WHERE l.job_id = j.id)
ORDER BY r.job_id; -- no nulls

-- name: job_run_list
-- Those of a job, the newest first, before a number.
-- args: job_id int, before int, most int
-- row: id int, job_id int, due_us int, missed int, asked_by text, began_us int, ended_us int, result int, said text
SELECT id, job_id, due_us, missed, asked_by, began_us, ended_us, result, said
FROM job_run WHERE job_id = $1 AND id < $2 ORDER BY id DESC -- no nulls
LIMIT $3;

-- name: job_run_sweep
-- Old ones go, but the newest of a job.
-- args: before_us int
DELETE FROM job_run WHERE began_us < $1 AND ended_us > 0
    AND id <> (SELECT max(l.id) FROM job_run l WHERE l.job_id = job_run.job_id);

-- name: job_run_drop
-- Those of a job that nobody wants any more.
-- args: name text
DELETE FROM job_run WHERE job_id IN (SELECT id FROM job WHERE name = $1);
