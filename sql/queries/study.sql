-- SPDX-License-Identifier: Apache-2.0
-- Questions that take too long for a page, and their answers.

-- name: study_add
-- A new one; ids are never used again.
-- args: id int, kind int, who text, asked_us int, as_of int, facts int, mark text, about text
INSERT INTO study (id, kind, state, who, asked_us, as_of, facts, mark, about) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8);

-- name: study_marked
-- The one that was asked before.
-- args: mark text
-- row: id int
SELECT id FROM study WHERE mark = $1;

-- name: study_ask_again
-- One that failed is asked for again.
-- args: id int
UPDATE study SET state = 1, told = '' WHERE id = $1 AND state = 4;

-- name: study_find
-- One.
-- args: id int
-- row: id int, kind int, state int, who text, asked_us int, started_us int, ended_us int, as_of int, facts int, about text, result text, told text
SELECT id, kind, state, who, asked_us, started_us, ended_us, as_of, facts, about, result, told FROM study WHERE id = $1;

-- name: study_first
-- The oldest of a state.
-- args: state int
-- row: id int, kind int, state int, who text, asked_us int, started_us int, ended_us int, as_of int, facts int, about text, result text, told text
SELECT id, kind, state, who, asked_us, started_us, ended_us, as_of, facts, about, result, told FROM study WHERE state = $1
ORDER BY id LIMIT 1; -- no nulls

-- name: study_newest
-- Of each kind below 3 the newest that is done and the newest that is not; facts_now: how things are now.
-- row: id int, kind int, state int, who text, asked_us int, started_us int, ended_us int, as_of int, facts int, about text, result text, told text
-- row: facts_now int
SELECT id, kind, state, who, asked_us, started_us, ended_us, as_of, facts, about, result, told,
    coalesce((SELECT CAST(value AS BIGINT) FROM setting WHERE name = 'facts'), 0) AS facts_now
FROM study
WHERE id IN (SELECT max(id) FROM study WHERE kind < 3 GROUP BY kind, CASE WHEN state = 3 THEN 1 ELSE 0 END)
ORDER BY id; -- no nulls

-- name: study_claim
-- It begins; nobody else takes it then.
-- args: id int, started_us int
UPDATE study SET state = 2, started_us = $2 WHERE id = $1 AND state = 1;

-- name: study_end
-- How it ended.
-- args: id int, state int, ended_us int, facts int, result text, told text
UPDATE study SET state = $2, ended_us = $3, facts = $4, result = $5, told = $6 WHERE id = $1 AND state = 2;

-- name: study_left
-- What was under way when the program ended begins anew.
UPDATE study SET state = 1 WHERE state = 2;

-- name: study_drop
-- Those of a kind that are over, but for the newest so many.
-- args: kind int, kept int
DELETE FROM study WHERE kind = $1 AND state IN (3, 4)
    AND id < (SELECT min(t.id) FROM (SELECT k.id FROM study k WHERE k.kind = $1 AND k.state IN (3, 4) ORDER BY k.id DESC LIMIT $2) t); -- no nulls

-- name: study_customer_drop
-- Of studies that are gone.
DELETE FROM study_customer WHERE study_id NOT IN (SELECT id FROM study);

-- name: study_customer_clear
-- Of one that begins anew.
-- args: study_id int
DELETE FROM study_customer WHERE study_id = $1;

-- name: study_customer_add
-- Somebody who changes status.
-- args: study_id int, place int, customer_id int, status_before int, status_after int, value_cents int
INSERT INTO study_customer (study_id, place, customer_id, status_before, status_after, value_cents) VALUES ($1, $2, $3, $4, $5, $6);

-- name: study_customer_list
-- Who changes, behind a place, the largest value first; from and to: only those, -1: any.
-- args: study_id int, place int, status_before int, status_after int, most int
-- row: place int, code text, name text, rep text, segment text, status_before int, status_after int, value_cents int
SELECT s.place, c.code, c.name, rep.code AS rep, segment.code AS segment, s.status_before, s.status_after, s.value_cents
FROM study_customer s
JOIN customer c ON c.id = s.customer_id
JOIN label rep ON rep.id = c.rep_id
JOIN label segment ON segment.id = c.segment_id
WHERE s.study_id = $1 AND s.place > $2 AND ($3 < 0 OR s.status_before = $3) AND ($4 < 0 OR s.status_after = $4)
ORDER BY s.place LIMIT $5; -- no nulls
