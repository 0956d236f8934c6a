-- SPDX-License-Identifier: Apache-2.0
-- The company's reasons (kind 1), objections (2) and occurrences (3), and the contacts that name them.

-- name: choice_list
-- Those of a kind (0: of all), retired ones only when asked for.
-- args: kind int, retired_too int
-- row: id int, kind int, name text, owner text, preventable int, argument text, made_us int, retired_us int, version int
SELECT id, kind, name, owner, preventable, argument, made_us, retired_us, version FROM choice
WHERE (kind = $1 OR $1 = 0) AND (retired_us = 0 OR $2 = 1)
ORDER BY kind, name; -- no nulls

-- name: choice_open
-- Those that can be chosen, of all kinds, in no order; none unless $1 is 1.
-- args: choices int
-- row: id int, kind int, name text, owner text, preventable int, argument text, made_us int, retired_us int, version int
SELECT id, kind, name, owner, preventable, argument, made_us, retired_us, version FROM choice
WHERE retired_us = 0 AND $1 = 1;

-- name: choice_find
-- One by its id.
-- args: id int
-- row: id int, kind int, name text, owner text, preventable int, argument text, made_us int, retired_us int, version int
SELECT id, kind, name, owner, preventable, argument, made_us, retired_us, version FROM choice WHERE id = $1;

-- name: choice_max
-- The greatest id.
-- row: id int
SELECT coalesce(max(id), 0) AS id FROM choice;

-- name: choice_add
-- A new one.
-- args: id int, kind int, name text, owner text, preventable int, argument text, made_us int
INSERT INTO choice (id, kind, name, owner, preventable, argument, made_us) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: choice_change
-- All that a person edits, if nobody else has since the version.
-- args: id int, version int, name text, owner text, preventable int, argument text, retired_us int
UPDATE choice SET name = $3, owner = $4, preventable = $5, argument = $6, retired_us = $7, version = version + 1
WHERE id = $1 AND version = $2;

-- name: choice_uses_reason
-- How often each reason was given in the contacts of some days.
-- args: from_day int, until_day int
-- row: id int, contacts int, first_day int, last_day int
SELECT reason_id AS id, count(*) AS contacts, min(day) AS first_day, max(day) AS last_day FROM contact
WHERE reason_id > 0 AND day >= $1 AND day <= $2 GROUP BY reason_id
ORDER BY reason_id; -- no nulls

-- name: choice_uses_objection
-- How often each objection was heard in the contacts of some days.
-- args: from_day int, until_day int
-- row: id int, contacts int, first_day int, last_day int
SELECT objection_id AS id, count(*) AS contacts, min(day) AS first_day, max(day) AS last_day FROM contact
WHERE objection_id > 0 AND day >= $1 AND day <= $2 GROUP BY objection_id
ORDER BY objection_id; -- no nulls

-- name: choice_uses_occurrence
-- How often each occurrence was chosen in the contacts of some days.
-- args: from_day int, until_day int
-- row: id int, contacts int, first_day int, last_day int
SELECT occurrence_id AS id, count(*) AS contacts, min(day) AS first_day, max(day) AS last_day FROM contact
WHERE occurrence_id > 0 AND day >= $1 AND day <= $2 GROUP BY occurrence_id
ORDER BY occurrence_id; -- no nulls
